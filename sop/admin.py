"""Procedures in Django admin: categories, whom a procedure concerns, situations with what may be offered.

Steps are written in the workspace, where publishing and searching follow; here they are shown.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import Audited, Explained, InLanguages, ReadOnly, linked
from sop import shelves
from sop.models import (
    ArticleRead,
    Attempt,
    Chapter,
    Edition,
    Following,
    Learner,
    LearningPath,
    Limit,
    Mark,
    PathStop,
    Procedure,
    Reading,
    Remedy,
    Reminder,
    Situation,
    Wording,
)


class ChapterForm(InLanguages):
    """A tree has no circles."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        parent = given.get("parent")
        if parent and self.instance.pk and self.instance in parent.path():
            self.add_error("parent", _("A category cannot be a part of itself."))
        return given


@admin.register(Chapter)
class ChapterAdmin(Audited):
    form = ChapterForm
    list_display = ("slug", "name", "parent", "position")
    list_select_related = ("parent__parent",)

    @admin.display(description=_("name"))
    def name(self, chapter: Chapter) -> str:
        return chapter.name

    def save_model(self, request: HttpRequest, obj: Chapter, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            shelves.arrange(*Procedure.objects.filter(chapter=obj))


@admin.register(Procedure)
class ProcedureAdmin(Explained, Audited):
    stays = _(
        "Procedures are begun under Procedures, in the workspace; what is not used any more is archived."
    )
    list_display = ("pk", "__str__", "chapter", "owner", "review_on")
    list_filter = ("chapter", "owner")
    list_select_related = ("chapter__parent", "owner")
    filter_horizontal = ("topics", "teams", "organisations")
    exclude = ("made_at", "needed_for")  # it is said where the procedure is written

    def get_queryset(self, request: HttpRequest) -> QuerySet[Procedure]:
        return super().get_queryset(request).prefetch_related("wordings")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Procedure | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        shelves.arrange(form.instance)

    def view_on_site(self, procedure: Procedure) -> str:
        return reverse("sop:procedure", args=[procedure.pk])


class WrittenElsewhere(ReadOnly[Any]):
    stays = _("Procedures are written under Procedures, in the workspace.")


@admin.register(Wording)
class WordingAdmin(WrittenElsewhere):
    list_display = ("title", "language", "state", "updated_at", "updated_by")
    list_filter = ("state", "language")
    list_select_related = ("updated_by",)
    search_fields = ("title", "words")
    exclude = ("procedure", "updated_by")

    def view_on_site(self, wording: Wording) -> str:
        return reverse("sop:writing", args=[wording.procedure_id, wording.language])


@admin.register(Edition)
class EditionAdmin(WrittenElsewhere):
    list_display = ("title", "number", "at", "author", "note")
    list_select_related = ("author",)
    search_fields = ("title",)
    exclude = ("wording",)


@admin.register(Following)
class FollowingAdmin(ReadOnly[Following]):
    list_display = ("pk", linked("ticket", _("ticket")), "edition", "outcome", "begun_by", "begun_at")
    list_filter = ("outcome",)
    list_select_related = ("ticket", "edition", "begun_by")
    exclude = ("procedure", "note")


@admin.register(Mark)
class MarkAdmin(ReadOnly[Mark]):
    list_display = ("pk", linked("following", _("procedure")), "step", "what", "by", "at")
    list_filter = ("what",)
    list_select_related = ("following__edition", "by")
    exclude = ("note",)


@admin.register(Reading)
class ReadingAdmin(ReadOnly[Reading]):
    list_display = ("edition", "user", "at")
    list_select_related = ("edition", "user")


@admin.register(Attempt)
class AttemptAdmin(ReadOnly[Attempt]):
    list_display = ("edition", "user", "wrong", "at")
    list_select_related = ("edition", "user")


@admin.register(Reminder)
class ReminderAdmin(ReadOnly[Reminder]):
    list_display = ("edition", "user", "at")
    list_select_related = ("edition", "user")


@admin.register(ArticleRead)
class ArticleReadAdmin(ReadOnly[ArticleRead]):
    list_display = ("article", "user", "at")
    list_select_related = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleRead]:
        return super().get_queryset(request).prefetch_related("article__translations")


class MadeOnPaths(ReadOnly[Any]):
    stays = _("Paths are made and given under Procedures, New to read, Paths for newcomers.")


@admin.register(LearningPath)
class LearningPathAdmin(MadeOnPaths):
    list_display = ("title", "team", "on_joining", "is_active")
    list_select_related = ("team",)

    def view_on_site(self, path: LearningPath) -> str:
        return reverse("sop:path", args=[path.pk])


@admin.register(PathStop)
class PathStopAdmin(MadeOnPaths):
    list_display = ("path", "position", "__str__")
    list_select_related = ("path", "procedure", "article")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PathStop]:
        rows = super().get_queryset(request)
        return rows.prefetch_related("procedure__wordings", "article__translations")


@admin.register(Learner)
class LearnerAdmin(MadeOnPaths):
    list_display = ("path", "user", "given_at", "given_by")
    list_select_related = ("path", "user", "given_by")


class RemedyInline(admin.TabularInline):
    model = Remedy
    form = InLanguages
    extra = 0
    show_change_link = True


@admin.register(Situation)
class SituationAdmin(Audited):
    form = InLanguages
    list_display = ("key", "name", "procedure", "is_active", "position")
    list_filter = ("is_active",)
    filter_horizontal = ("topics",)
    inlines = (RemedyInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Situation]:
        return super().get_queryset(request).prefetch_related("procedure__wordings")

    @admin.display(description=_("name"))
    def name(self, situation: Situation) -> str:
        return situation.name


class LimitInline(admin.TabularInline):
    model = Limit
    extra = 0


@admin.register(Remedy)
class RemedyAdmin(Audited):
    form = InLanguages
    list_display = ("__str__", "wording", "position")
    list_filter = ("kind", "situation")
    list_select_related = ("situation",)
    inlines = (LimitInline,)


@admin.register(Limit)
class LimitAdmin(Audited):
    list_display = ("remedy", "role", "amount", "currency", "percent")
    list_filter = ("role", "currency")
    list_select_related = ("remedy__situation",)
