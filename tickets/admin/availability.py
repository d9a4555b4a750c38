"""Who is there, what they can take and are good at, in Django admin; what was given back."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import User
from helpdesk.showcase import ReadOnly, linked
from tickets.admin.routing import Waking
from tickets.models import Availability, AvailabilityChange, Competence, HandBack


class OfPeople(Waking):
    """Colleagues to choose from are people who work here."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is User:
            kwargs["queryset"] = User.objects.people().at_work()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Competence)
class CompetenceAdmin(OfPeople):
    list_display = ("user", "language", "skill", "level")
    list_filter = ("language", "skill", "level")
    list_select_related = ("user", "skill")
    search_fields = ("user__name", "language", "skill__name")
    ordering = ("user__name", "-language", "skill__name")


@admin.register(Availability)
class AvailabilityAdmin(OfPeople):
    """What a colleague can take; whether they are there is said in the workspace, by a verb."""

    list_display = ("user", "state", "reason", "since", "capacity", "calendar", "newcomer_until")
    list_filter = ("state", "reason")
    list_select_related = ("user", "calendar")
    search_fields = ("user__name",)
    ordering = ("user__name",)
    fields = (
        *("user", "state", "reason", "since", "until", "capacity", "per_kind", "calendar", "newcomer_until"),
        *("call_breath", "chat_breath", "breathes_until", "last_given_at"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        shown = ("state", "reason", "since", "until", "breathes_until", "last_given_at")
        return ("user", *shown) if obj else shown


@admin.register(AvailabilityChange)
class AvailabilityChangeAdmin(ReadOnly[AvailabilityChange]):
    list_display = ("id", "user_link", "state", "reason", "at", "by_link")
    list_filter = ("state", "reason")
    list_select_related = ("user", "by")
    search_fields = ("user__name",)
    sortable_by = ()
    exclude = ("user", "by")
    readonly_fields = ("user_link", "by_link")
    user_link = staticmethod(linked("user", _("colleague")))
    by_link = staticmethod(linked("by", _("by")))


@admin.register(HandBack)
class HandBackAdmin(ReadOnly[HandBack]):
    list_display = ("id", "ticket_link", "user_link", "reason", "at")
    list_filter = ("reason",)
    list_select_related = ("ticket", "user")
    search_fields = ("=ticket__number", "user__name")
    sortable_by = ()
    exclude = ("ticket", "user")
    readonly_fields = ("ticket_link", "user_link")
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    user_link = staticmethod(linked("user", _("colleague")))
