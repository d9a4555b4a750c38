"""Teams and their members, in Django admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, Membership, Team
from helpdesk.showcase import Audited, Showcase
from tickets import live

Kind = AuditEntry.Kind


class MembersOfTeam(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ("user",)
    verbose_name_plural = _("members")


@admin.register(Team)
class TeamAdmin(Audited, Showcase[Team]):
    stays = _("This team has tickets or mailboxes: give them to another team first. Then it can be deleted.")
    list_display = ("name", "position", "member_names")
    list_editable = ("position",)
    search_fields = ("name",)
    ordering = ["position", "name"]
    inlines = (MembersOfTeam,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members")

    def tell(self, request: HttpRequest, row: Any, changed: list[str], *, add: bool) -> None:
        super().tell(request, row, changed, add=add)
        if "memberships" in changed:
            members = sorted(row.memberships.values_list("user_id", flat=True))
            actor: Any = request.user
            audit.record(Kind.TEAMS_CHANGED, actor=actor, team=row.pk, members=members)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who came or went sees the team's tickets, or no longer, on open pages too."""
        before = set(form.instance.memberships.values_list("user_id", flat=True)) if change else set()
        super().save_related(request, form, formsets, change)
        after = set(form.instance.memberships.values_list("user_id", flat=True))
        live.publish(*(f"user-{pk}" for pk in before ^ after))

    @admin.display(description=_("members"))
    def member_names(self, team: Team) -> str:
        return ", ".join(str(user) for user in team.members.all())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that nothing belongs to: its tickets would lose their team without a word of history."""
        return obj is not None and not obj.tickets.exists() and not obj.channels.exists()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
