"""How far a colleague sees; two who see the same share the queries that are kept for them."""

from collections.abc import Collection
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from helpdesk.accounts.models import Company, Membership, User
from helpdesk.prepared import Lookup
from tickets.models import Ticket

Viewer = User | AnonymousUser


class Horizon(NamedTuple):
    """All that decides which tickets somebody may see."""

    nothing: bool = False
    everything: bool = False
    teams: tuple[int, ...] = ()
    escalated: bool = False

    def covers(self, ticket: Ticket) -> bool:
        """Whether this ticket, as it is loaded, is within it: `rule` without asking the database."""
        if self.nothing or self.everything:
            return self.everything and not self.nothing
        if self.escalated and ticket.escalated_at is not None:
            return True
        return ticket.team_id is None or ticket.team_id in self.teams

    def rule(self, prefix: str = "") -> Q:
        """The rows whose ticket (behind `prefix`) is within it."""
        if self.nothing:
            return Q(pk__in=[])
        if self.everything:
            return Q()
        rule = Q(**{f"{prefix}team__in": self.teams}) | Q(**{f"{prefix}team__isnull": True})
        return rule | Q(**{f"{prefix}escalated_at__isnull": False}) if self.escalated else rule


def horizon(user: Viewer) -> Horizon:
    """What this colleague may see: two with the same horizon see the same tickets."""
    if not isinstance(user, User) or not user.is_active:
        return Horizon(nothing=True)
    if sees_everything(user):
        return Horizon(everything=True)
    return Horizon(teams=tuple(sorted(team_ids(user))), escalated=user.is_supervisor)


def sees(user: Viewer, ticket: Ticket) -> bool:
    """Whether this colleague may see a ticket that was just loaded, such as a locked one."""
    return horizon(user).covers(ticket)


def sees_everything(user: Viewer) -> bool:
    """An admin always, every colleague on an open desk; asked once, then kept with the user object."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_admin or user.company.open_desk


def team_ids(user: User) -> list[int]:
    """The teams this colleague belongs to; one query, then kept with the user object."""
    if not hasattr(user, "_team_ids"):
        user._team_ids = [each.team_id for each in _memberships(user.pk)]  # type: ignore[attr-defined]
    return user._team_ids  # type: ignore[attr-defined]


def ask_together(users: Collection[User]) -> None:
    """Ask for all of them at once what `horizon` asks for each."""
    company = Company.load()
    teams: dict[int, list[int]] = {user.pk: [] for user in users}
    for member, team in Membership.objects.filter(user__in=teams).values_list("user", "team"):
        teams[member].append(team)
    for user in users:
        user.company = company
        user._team_ids = teams[user.pk]  # type: ignore[attr-defined]


_memberships = Lookup(lambda user: Membership.objects.filter(user=user).only("team"), int, planned=True)
