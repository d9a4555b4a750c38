"""How new tickets are judged, in Django admin: topics, phrases, a text to try, what was learned."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from helpdesk.showcase import Audited, Explained
from helpdesk.wake import wake
from tickets.classification import own, topics, trying, versions
from tickets.models import LearnedModel, Ticket, Topic, WeighedPhrase

LONGEST_LABEL = 60
LONGEST_TEXT = 20_000
MOODS = (pgettext_lazy("mood", "calm"), pgettext_lazy("mood", "annoyed"), pgettext_lazy("mood", "angry"))


class WithTopics(Audited):
    """Topics to choose from are read with those they are part of: their names tell these, too."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Topic:
            kwargs["queryset"] = Topic.objects.select_related("parent__parent__parent")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TopicForm(forms.ModelForm):
    """A name for each language of the desk."""

    class Meta:
        model = Topic
        fields = ("key", "parent", "position", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            label = _("label in %(language)s") % {"language": _(name)}
            initial = (self.instance.labels or {}).get(code, "")
            self.fields[f"label_{code}"] = forms.CharField(
                label=label, max_length=LONGEST_LABEL, required=False, initial=initial
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        codes = [code for code, _name in settings.LANGUAGES]
        self.instance.labels = {code: text for code in codes if (text := given.get(f"label_{code}", ""))}
        if not self.instance.labels:
            self.add_error(f"label_{codes[0]}", _("It needs a label in one language at least."))
        if wrong := self.instance.why_not_in(given.get("parent")):
            self.add_error("parent", wrong)
        return given


@admin.register(Topic)
class TopicAdmin(WithTopics):
    """A topic keeps its key: tickets have it by that. Switched off it is given to no new ticket."""

    form = TopicForm
    list_display = ("__str__", "key", "position", "is_active")
    list_editable = ("position",)
    list_filter = ("is_active",)
    list_select_related = ("parent__parent__parent",)
    search_fields = ("key", "labels")
    ordering = ("position", "key")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        labels = [f"label_{code}" for code, _name in settings.LANGUAGES]
        return [(None, {"fields": ["key", *labels, "parent", "position", "is_active"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The labels are made by the form itself: the admin must not look for them among the columns."""
        return super().get_form(request, obj, change, **{**kwargs, "fields": TopicForm.Meta.fields})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tickets would be left with a key that has no name: it is switched off instead."""
        return False


class PhraseForm(forms.ModelForm):
    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if not any(letter.isalnum() for letter in words):
            raise forms.ValidationError(_("It needs a word."))
        return words

    def clean_weight(self) -> int:
        if not self.cleaned_data["weight"]:
            raise forms.ValidationError(_("A weight of 0 would say nothing."))
        return self.cleaned_data["weight"]


@admin.register(WeighedPhrase)
class WeighedPhraseAdmin(WithTopics):
    form = PhraseForm
    change_list_template = "admin/tickets/phrases.html"
    list_display = ("words", "language", "kind", "topic", "priority", "weight", "is_active")
    list_editable = ("weight", "is_active")
    list_filter = ("language", "kind", "is_active")
    list_select_related = ("topic__parent__parent__parent",)
    search_fields = ("words",)
    fields = ("words", "language", "kind", "topic", "priority", "weight", "is_active")
    ordering = ("words", "id")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_text)
        return [path("try/", view, name="tickets_weighedphrase_try"), *super().get_urls()]

    def try_text(self, request: HttpRequest) -> HttpResponse:
        """What the desk would make of a text now, with what speaks for it. Nothing is kept."""
        text = request.POST.get("text", "")[:LONGEST_TEXT]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Try a text"),
            "opts": self.opts,
            "text": text,
            "language": request.POST.get("language", "")[:2],
            "languages": [("", _("as the text says")), *settings.LANGUAGES],
        }
        if text.strip():
            context |= _tried(trying.tried(text, context["language"], own.refresh()))
        return TemplateResponse(request, "admin/tickets/try_text.html", context)


@admin.register(LearnedModel)
class LearnedModelAdmin(Explained):
    """Versions are made by a worker; here one is put in use, or what ships."""

    stays = gettext_lazy("A version is made by a worker, from the tickets that people have classified.")
    change_list_template = "admin/tickets/learned_models.html"
    change_form_template = "admin/tickets/learned_model.html"
    list_display = ("language", "version", "made_at", "tickets", "right", "interval", "shipped", "is_used")
    list_filter = ("language", "is_used")
    fields = ("language", "version", "made_at", "tickets", "right", "interval", "shipped", "is_used")
    ordering = ("-made_at", "-id")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("packed")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        name, guard = "tickets_learnedmodel_{}".format, self.admin_site.admin_view
        return [
            path("learn/", guard(self.learn), name=name("learn")),
            path("<int:pk>/use/", guard(self.use), name=name("use")),
            path("<int:pk>/put-aside/", guard(self.put_aside), name=name("put_aside")),
            *super().get_urls(),
        ]

    def learn(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and self.has_view_permission(request):
            wake("learning")
            said = _("A worker learns now. A language with too few classified tickets gets no version.")
            self.message_user(request, said, messages.INFO)
        return self._list()

    def use(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST" and self.has_view_permission(request):
            versions.use(get_object_or_404(LearnedModel, pk=pk), actor=request.user)  # type: ignore[arg-type]
            self.message_user(request, _("New tickets are judged by this version now."), messages.SUCCESS)
        return self._list()

    def put_aside(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST" and self.has_view_permission(request):
            row = get_object_or_404(LearnedModel, pk=pk)
            versions.use_shipped(row.language, actor=request.user)  # type: ignore[arg-type]
            said = _("New tickets are judged by what came with the desk now.")
            self.message_user(request, said, messages.SUCCESS)
        return self._list()

    def _list(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tickets_learnedmodel_changelist"))

    @admin.display(description=gettext_lazy("right"))
    def right(self, row: LearnedModel) -> str:
        return _percent(row.figure("right"))

    @admin.display(description=gettext_lazy("19 of 20 times between"))
    def interval(self, row: LearnedModel) -> str:
        return f"{_percent(row.figure('low'))} – {_percent(row.figure('high'))}"

    @admin.display(description=gettext_lazy("right by what ships"))
    def shipped(self, row: LearnedModel) -> str:
        return _percent(row.figure("shipped"))


def _tried(found: trying.Tried) -> dict[str, Any]:
    """What came of a text, each answer called what people call it."""
    verdict = found.verdict
    return {
        "found": found,
        "kind": _called("kind", verdict.kind),
        "topic": _called("topic", verdict.topic),
        "priority": _called("priority", verdict.priority),
        "mood": MOODS[verdict.anger],
        "chances": [(_called("kind", kind), *shares) for kind, *shares in found.chances],
        "phrases": [(each, _called(each.phrase.question, each.phrase.answer)) for each in found.found],
    }


def _called(question: str, answer: str) -> str:
    """The name of a kind, a topic or a priority; its key when the desk has no name for it (any more)."""
    if question == "topic":
        return topics.title(answer) or answer
    if question == "priority":
        return str(Ticket.Priority[answer.upper()].label) if answer else ""
    return str(dict(Ticket.Kind.choices).get(answer, answer)) if answer else ""


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"
