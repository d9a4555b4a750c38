"""How tickets find their colleague, in Django admin: teams, rules, skills, effort; who is there."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from helpdesk.showcase import Audited
from helpdesk.wake import wake
from tickets.admin.classifying import WithTopics
from tickets.models import (
    Effort,
    RoutingRule,
    Skill,
    TeamRouting,
    Topic,
)


class Waking(Audited):
    """What waits may find somebody once this is saved."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        wake("routing")


@admin.register(TeamRouting)
class TeamRoutingAdmin(Waking):
    list_display = (
        "team",
        "mode",
        "previous_first",
        "calendar",
        "unowned_minutes",
        "silent_minutes",
        "absent_minutes",
    )
    list_select_related = ("team", "calendar")
    ordering = ("team__position", "team__name")

    def save_model(self, request: HttpRequest, obj: TeamRouting, form: Any, change: bool) -> None:
        """Switched on for nobody it would do nothing, and say nothing of that."""
        super().save_model(request, obj, form, change)
        if obj.mode != TeamRouting.Mode.OFF and not obj.team.members.filter(is_active=True).exists():
            told = _("“%(team)s” has no members: its tickets wait until it has one.")
            self.message_user(request, told % {"team": obj.team}, messages.WARNING)

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


@admin.register(Effort)
class EffortAdmin(Audited):
    list_display = ("kind", "points")
    list_editable = ("points",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("kind",) if obj else ()
