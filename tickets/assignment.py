"""Whose ticket it is: the team it belongs to and the colleague who works on it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from helpdesk import prepared
from helpdesk.accounts.models import Team, User
from helpdesk.prepared import update
from tickets import events, horizon, lifecycle, live
from tickets.events import Actor
from tickets.models import Event, Ticket

Why = Sequence[dict[str, Any]]
"""Reasons as codes and ids, which `routing.wording` says in words."""


_HAND_OUT = """
UPDATE tickets_ticket AS t SET assignee_id = said.assignee
FROM unnest(%s::bigint[], %s::bigint[]) AS said(id, assignee) WHERE t.id = said.id
"""


class CannotTake(Exception):
    """The colleague may not see this ticket, works here no more, or is a program."""


@transaction.atomic
def assign(ticket: Ticket, assignee: User | None, *, actor: Actor, why: Why = ()) -> Ticket:
    """Give the ticket to this colleague, or to nobody; the event says why. Raises CannotTake."""
    ticket = lifecycle.lock(ticket)
    if assignee and not can_take(assignee, ticket):
        raise CannotTake(str(assignee))
    before = ticket.assignee_id
    if before == (assignee.pk if assignee else None):
        return ticket
    ticket.assignee = assignee
    update(ticket, "assignee")
    events.record(
        ticket, Event.Kind.ASSIGNED, actor=actor, before=before, after=ticket.assignee_id, **_said(why)
    )
    return ticket


def can_take(colleague: User, ticket: Ticket) -> bool:
    """Whether this ticket, as it is loaded, may be theirs."""
    return not colleague.is_program and horizon.sees(colleague, ticket)


def hand_out(given: Sequence[tuple[Ticket, User, Why]]) -> None:
    """Give each of these (locked) tickets, which nobody has, to a colleague who can take it; one statement.

    In the caller's transaction; the events say why.
    """
    with prepared.cursor() as cursor:
        cursor.execute(
            _HAND_OUT, [[ticket.pk for ticket, _to, _why in given], [to.pk for _t, to, _why in given]]
        )
    with events.together():
        for ticket, colleague, why in given:
            ticket.assignee = colleague
            said = {"before": None, "after": colleague.pk, **_said(why)}
            events.record(ticket, Event.Kind.ASSIGNED, actor=None, **said)


@transaction.atomic
def move(ticket: Ticket, team: Team | None, *, actor: Actor, why: Why = ()) -> Ticket:
    """Give the ticket to this team, or to none; an assignee who may not see it there lets it go."""
    ticket = lifecycle.lock(ticket)
    before = ticket.team_id
    if before == (team.pk if team else None):
        return ticket
    live.publish(*events.hints(ticket))  # the old team hears that it is gone
    ticket.team = team
    update(ticket, "team")
    events.record(
        ticket, Event.Kind.TEAM_CHANGED, actor=actor, before=before, after=ticket.team_id, **_said(why)
    )
    if ticket.assignee and not horizon.sees(ticket.assignee, ticket):
        return assign(ticket, None, actor=None)
    return ticket


def _said(why: Why) -> dict[str, Any]:
    return {"why": list(why)} if why else {}
