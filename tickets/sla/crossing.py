"""What follows when a clock crosses a threshold: it is told once, and colleagues hear of it in time.

What was crossed longer than an hour ago, since the desk stood still or a policy was changed, is written into
the history, and nobody is alarmed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from helpdesk.accounts.models import Membership, User
from helpdesk.wake import wake
from tickets import access, assignment, events, notifications, properties, reminders
from tickets.models import Event, Notification, Ticket
from tickets.models.sla import Told
from tickets.sla import clocks, policies
from tickets.sla.clocks import Clock
from tickets.sla.terms import Terms

NEWS = timedelta(hours=1)
"""What was crossed before is no news."""
KINDS = {
    "warned_at": (Event.Kind.SLA_WARNED, Notification.Kind.DUE_SOON),
    "breached_at": (Event.Kind.SLA_BREACHED, Notification.Kind.OVERDUE),
    "escalated_at": (Event.Kind.SLA_ESCALATED, Notification.Kind.LONG_OVERDUE),
}


@dataclass(frozen=True, kw_only=True)
class Crossing:
    ticket: int
    clock: Clock
    what: str
    """The mark on the clock."""
    at: datetime
    is_news: bool

    def told(self) -> dict[str, Any]:
        due = self.clock.due_at.isoformat() if self.clock.due_at else ""
        said: dict[str, Any] = {"target": self.clock.target, "version": self.clock.version, "due": due}
        return said if self.is_news else {**said, "noted": True}


def crossed(ticket: int, clock: Clock, now: datetime) -> tuple[Clock, list[Crossing]]:
    """The clock with what it has crossed marked, and what that is; only the last of several is news. Pure."""
    if not clock.is_open:
        return clock, []
    over = [(name, moment) for name, moment in clocks.uncrossed(clock) if moment <= now]
    found = [
        Crossing(
            ticket=ticket,
            clock=clock,
            what=name,
            at=moment,
            is_news=now - moment <= NEWS and name == over[-1][0],
        )
        for name, moment in over
    ]
    marked = replace(clock, **{name: now for name, _moment in over})  # type: ignore[arg-type]
    return clocks.with_next(marked) if over else clock, found


def follow(found: Sequence[Crossing]) -> None:
    """Tell of these crossings, whose tickets are locked, and do what the policies say."""
    tickets = _tickets(each.ticket for each in found)
    with events.together():
        for each in found:
            events.record(tickets[each.ticket], KINDS[each.what][0], actor=None, **each.told())
    versions = policies.versions(sorted({each.clock.version for each in found}))
    crew = _Crew()
    for each in found:
        if each.is_news:
            _act(each, tickets[each.ticket], versions[each.clock.version], crew)


def _tickets(pks: Iterable[int]) -> dict[int, Ticket]:
    return Ticket.objects.select_related("assignee", "team", "customer").in_bulk(set(pks))


def _act(crossing: Crossing, ticket: Ticket, terms: Terms, crew: "_Crew") -> None:
    notifications.notify(_told(crossing, ticket, terms, crew), KINDS[crossing.what][1], ticket=ticket)
    if crossing.what == "breached_at" and terms.raises_priority and ticket.priority < Ticket.Priority.URGENT:
        why = [{"code": "overdue"}]
        properties.set_priority(ticket, ticket.priority + 1, actor=None, why=why)
    if crossing.what == "escalated_at" and terms.hands_back and ticket.assignee_id:
        assignment.assign(ticket, None, actor=None, why=[{"code": "overdue"}])
        wake("routing")


def _told(crossing: Crossing, ticket: Ticket, terms: Terms, crew: "_Crew") -> list[User]:
    """Whom the policy names, each once, of those who may see the ticket."""
    named = {
        "warned_at": terms.warn_tells,
        "breached_at": terms.late_tells,
        "escalated_at": (*terms.late_tells, Told.SUPERVISORS),
    }[crossing.what]
    found: dict[int, User] = {}
    for each in named:
        found |= {user.pk: user for user in crew.people(each, ticket)}
    return list(found.values())


class _Crew:
    """Who stands behind a word of a policy: asked once for each team in a batch."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int | None, bool], list[User]] = {}

    def people(self, named: str, ticket: Ticket) -> list[User]:
        if named == Told.ASSIGNEE and ticket.assignee:
            return [ticket.assignee]
        key = (named, ticket.team_id, ticket.escalated_at is not None)
        if key not in self._known:
            self._known[key] = self._ask(named, ticket)
        return self._known[key]

    def _ask(self, named: str, ticket: Ticket) -> list[User]:
        if named == Told.SUPERVISORS:
            return reminders.overseers(ticket)
        if ticket.team_id is None:
            return []
        team = Membership.objects.filter(team=ticket.team_id).values("user")
        return list(access.colleagues(ticket).filter(pk__in=team))
