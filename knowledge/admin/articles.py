"""Articles in Django admin: synonyms and categories are edited here.

Articles are written in the workspace, where publishing and searching follow; here they are shown.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import Audited, InLanguages, ReadOnly, linked
from knowledge import synonyms
from knowledge.models import (
    Article,
    ArticleUse,
    Category,
    Collection,
    Entry,
    Opinion,
    Picture,
    Search,
    Suggestion,
    SuggestionChange,
    SuggestionComment,
    SuggestionVote,
    Synonyms,
    Translation,
    Version,
    Video,
)


@admin.register(Synonyms)
class SynonymsAdmin(Audited):
    list_display = ("name", "language", "words")
    list_filter = ("language",)
    search_fields = ("name", "words")

    def save_model(self, request: HttpRequest, obj: Synonyms, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        synonyms.changed()

    def delete_model(self, request: HttpRequest, obj: Synonyms) -> None:
        super().delete_model(request, obj)
        synonyms.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Synonyms]) -> None:
        super().delete_queryset(request, queryset)
        synonyms.changed()


@admin.register(Collection)
class CollectionAdmin(ReadOnly[Collection]):
    list_display = ("name", "version")


@admin.register(Entry)
class EntryAdmin(ReadOnly[Entry]):
    list_display = ("key", "title", "lang", "collection")
    list_filter = ("collection", "lang")
    list_select_related = ("collection",)
    search_fields = ("key", "title")
    exclude = ("meaning",)


@admin.register(Category)
class CategoryAdmin(Audited):
    form = InLanguages
    list_display = ("slug", "name", "position", "everywhere")

    @admin.display(description=_("name"))
    def name(self, category: Category) -> str:
        return category.name


class WrittenElsewhere(ReadOnly[Any]):
    stays = _("Articles are written under Articles, in the workspace.")


@admin.register(Article)
class ArticleAdmin(WrittenElsewhere):
    list_display = ("pk", "__str__", "category", "audience")
    list_filter = ("audience", "category")
    list_select_related = ("category",)
    exclude = ("organisations", "related", "centres")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).prefetch_related("translations")


@admin.register(Translation)
class TranslationAdmin(WrittenElsewhere):
    list_display = ("title", "language", "state", "updated_at", "updated_by")
    list_filter = ("state", "language")
    list_select_related = ("updated_by",)
    search_fields = ("title",)
    exclude = ("article", "updated_by")

    def view_on_site(self, translation: Translation) -> str:
        return reverse("knowledge:article", args=[translation.pk])


@admin.register(Version)
class VersionAdmin(WrittenElsewhere):
    list_display = ("title", "number", "at", "author")
    list_select_related = ("author",)
    search_fields = ("title",)
    exclude = ("translation",)


@admin.register(Picture)
class PictureAdmin(WrittenElsewhere):
    list_display = ("name", "content_type", "made_at")

    def view_on_site(self, picture: Picture) -> str:
        return reverse("knowledge:help-picture", args=[picture.token])


@admin.register(Video)
class VideoAdmin(WrittenElsewhere):
    list_display = ("title", "content_type", "size", "made_at")
    search_fields = ("title",)
    exclude = ("poster",)

    def view_on_site(self, video: Video) -> str:
        return reverse("knowledge:help-video", args=[video.token])


@admin.register(Search)
class SearchAdmin(ReadOnly[Search]):
    list_display = ("query", "language", "found", "at")
    list_filter = ("language",)
    search_fields = ("query",)
    exclude = ("opened",)


@admin.register(ArticleUse)
class ArticleUseAdmin(ReadOnly[ArticleUse]):
    list_display = ("translation", linked("ticket", _("ticket")), "user", "at")
    list_select_related = ("translation", "ticket", "user")


@admin.register(Opinion)
class OpinionAdmin(ReadOnly[Opinion]):
    list_display = ("translation", "helpful", "comment", "at")
    list_select_related = ("translation",)
    exclude = ("reader", "translation")


class DecidedElsewhere(ReadOnly[Any]):
    stays = _("Suggestions are approved, answered and united under Suggestions, in the workspace.")


@admin.register(Suggestion)
class SuggestionAdmin(DecidedElsewhere):
    list_display = ("title", "language", "status", "shown", linked("customer", _("customer")), "made_at")
    list_filter = ("shown", "status", "language")
    list_select_related = ("customer",)
    search_fields = ("title",)
    exclude = ("customer", "merged_into", "centre")

    def view_on_site(self, suggestion: Suggestion) -> str:
        return reverse("knowledge:suggestion", args=[suggestion.pk])


@admin.register(SuggestionVote)
class SuggestionVoteAdmin(DecidedElsewhere):
    list_display = ("suggestion", linked("customer", _("customer")), linked("ticket", _("ticket")), "at")
    list_select_related = ("suggestion", "customer", "ticket")
    exclude = ("suggestion", "customer", "ticket")


@admin.register(SuggestionComment)
class SuggestionCommentAdmin(DecidedElsewhere):
    list_display = ("suggestion", linked("customer", _("customer")), "author", "shown", "made_at")
    list_filter = ("shown",)
    list_select_related = ("suggestion", "customer", "author")
    exclude = ("suggestion", "customer", "author")


@admin.register(SuggestionChange)
class SuggestionChangeAdmin(DecidedElsewhere):
    list_display = ("suggestion", "before", "status", "user", "at", "settled_at")
    list_filter = ("status",)
    list_select_related = ("suggestion", "user")
    exclude = ("suggestion", "user")
