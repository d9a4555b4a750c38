"""How tickets find their colleague, in Django admin: teams, rules, skills, effort; who is there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import User
from helpdesk.showcase import Audited, ReadOnly, linked
from helpdesk.wake import wake
from tickets.admin.classifying import WithTopics
from tickets.models import (
    Availability,
    AvailabilityChange,
    Competence,
    Effort,
    HandBack,
    RoutingRule,
    Skill,
    TeamRouting,
    Topic,
)


class OfPeople(Audited):
    """Colleagues to choose from are people who work here."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is User:
            kwargs["queryset"] = User.objects.people().at_work()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What waits may find somebody now."""
        super().save_model(request, obj, form, change)
        wake("routing")


@admin.register(TeamRouting)
class TeamRoutingAdmin(OfPeople):
    list_display = ("team", "mode", "previous_first", "calendar", "unowned_minutes", "absent_minutes")
    list_select_related = ("team", "calendar")
    ordering = ("team__position", "team__name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("team",) if obj else ()


@admin.register(RoutingRule)
class RoutingRuleAdmin(WithTopics):
    list_display = (
        "__str__",
        "position",
        "channel",
        "kind",
        "topic",
        "language",
        "team",
        "skill",
        "is_active",
    )
    list_editable = ("position", "is_active")
    list_filter = ("is_active", "team")
    list_select_related = ("channel", "topic__parent__parent__parent", "team", "skill")
    fields = ("position", "channel", "kind", "topic", "language", "team", "skill", "is_active")


@admin.register(Skill)
class SkillAdmin(Audited):
    list_display = ("name",)
    search_fields = ("name",)
    filter_horizontal = ("topics",)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Topic:
            kwargs["queryset"] = Topic.objects.select_related("parent__parent__parent")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Competence)
class CompetenceAdmin(OfPeople):
    list_display = ("user", "language", "skill", "level")
    list_filter = ("language", "skill", "level")
    list_select_related = ("user", "skill")
    search_fields = ("user__name", "language", "skill__name")
    ordering = ("user__name", "-language", "skill__name")


@admin.register(Effort)
class EffortAdmin(Audited):
    list_display = ("kind", "points")
    list_editable = ("points",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("kind",) if obj else ()


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
        *("breathes_until", "last_given_at"),
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
