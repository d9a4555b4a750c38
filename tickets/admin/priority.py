"""The criteria of priority in Django admin, with a text to try."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.showcase import Audited, Explained, ReadOnly, linked
from tickets.classification import judging, own
from tickets.models import Customer, PriorityCriterion, PriorityScale, Ticket, Urgency
from tickets.priority import money, reckoning, settling, usual
from tickets.priority.reckoning import Facts, Scale

LONGEST_TEXT = 20_000
LOOKS_AT = ("kind", "words", "importance", "channel", "mood", "judged", "money", "waits_minutes")


@admin.register(PriorityCriterion)
class PriorityCriterionAdmin(Audited):
    change_list_template = "admin/tickets/criteria.html"
    list_display = ("spoken", "points", "looks_at", "is_active")
    list_select_related = ("channel",)
    list_editable = ("points", "is_active")
    list_filter = ("is_active", "kind")
    search_fields = ("name", "words")

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def spoken(self, criterion: PriorityCriterion) -> str:
        return usual.spoken(criterion.name)

    @admin.display(description=gettext_lazy("all of this has to hold"))
    def looks_at(self, criterion: PriorityCriterion) -> str:
        fields = [criterion._meta.get_field(name) for name in LOOKS_AT]
        said = [
            (field.verbose_name, value)  # type: ignore[union-attr]
            for field in fields
            if (value := _shown(criterion, field.name))
        ]
        return "; ".join(f"{capfirst(label)}: {value}" for label, value in said)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[PriorityCriterion], search_term: str
    ) -> tuple[QuerySet[PriorityCriterion], bool]:
        """Also by the name that is shown."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        return found | queryset.filter(name__in=usual.called(search_term)), doubled

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        shown = PriorityCriterion.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        context = {"subtitle": usual.spoken(shown.name)} if shown else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        guard, name = self.admin_site.admin_view, "tickets_prioritycriterion_{}".format
        return [
            path("try/", guard(self.try_text), name=name("try")),
            path("usual/", guard(self.begin), name=name("usual")),
            *super().get_urls(),
        ]

    def begin(self, request: HttpRequest) -> HttpResponse:
        """The usual criteria beside one's own, and the scale switched on."""
        if request.method == "POST" and self.has_add_permission(request):
            usual.plant()
            said = _("The usual criteria are there, and new tickets are reckoned by them.")
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:tickets_prioritycriterion_changelist"))

    def try_text(self, request: HttpRequest) -> HttpResponse:
        """What a message of a customer would count now. Nothing is kept."""
        text = request.POST.get("text", "")[:LONGEST_TEXT]
        given = request.POST.get("importance", "")
        importance = int(given) if given in {"1", "2", "3"} else 1
        context = {
            **self.admin_site.each_context(request),
            "title": _("Try a text"),
            "opts": self.opts,
            "text": text,
            "language": request.POST.get("language", "")[:2],
            "languages": [("", _("as the text says")), *settings.LANGUAGES],
            "importance": importance,
            "weights": Customer.Importance.choices,
        }
        if text.strip():
            context |= _tried(text, context["language"], importance)
        return TemplateResponse(request, "admin/tickets/try_priority.html", context)


@admin.register(PriorityScale)
class PriorityScaleAdmin(Audited, Explained):
    stays = gettext_lazy("There is one scale, and it stays.")
    list_display = ("__str__", "low", "high", "urgent", "is_active")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not PriorityScale.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1  # the one row there is
        super().save_model(request, obj, form, change)


@admin.register(Urgency)
class UrgencyAdmin(ReadOnly[Urgency]):
    list_display = ("pk", "ticket_link", "points", "due_at")
    list_select_related = ("ticket",)
    search_fields = ("=ticket__number",)
    sortable_by = ()
    exclude = ("ticket",)
    readonly_fields = ("ticket_link",)
    ticket_link = staticmethod(linked("ticket", gettext_lazy("ticket")))


def _shown(criterion: PriorityCriterion, name: str) -> str:
    """The value as it is spoken; empty where the criterion does not look at it."""
    value = getattr(criterion, name)
    spoken = getattr(criterion, f"get_{name}_display", None)
    return str(spoken() if spoken else value) if value not in (None, "") else ""


def _tried(text: str, language: str, importance: int) -> dict[str, Any]:
    verdict = judging.judge(text, language, own.refresh())
    facts = Facts(
        text=text,
        language=verdict.language,
        kind=verdict.kind if verdict.is_sure else "",
        importance=importance,
        anger=verdict.anger,
        judged=verdict.priority,
        money=money.most(text),
    )
    rows = {each.pk: each for each in PriorityCriterion.objects.filter(is_active=True)}
    scale = settling.refresh().scale or Scale()
    criteria = [settling.criterion(each) for each in rows.values()]
    found = reckoning.reckon(facts, criteria, scale, timezone.now())
    counted = [(usual.spoken(rows[pk].name), points) for pk, points in found.counted]
    return {"points": found.points, "priority": Ticket.Priority(found.priority).label, "counted": counted}
