"""Whose ticket it is: the team it belongs to and the colleague who works on it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from helpdesk.accounts.models import Team, User
from helpdesk.prepared import update
from tickets import events, horizon, lifecycle, live
from tickets.events import Actor
from tickets.models import Event, Ticket

Why = Sequence[dict[str, Any]]
"""Reasons as codes and ids, which `routing.wording` says in words."""


class CannotTake(Exception):
    """The colleague may not see this ticket, works here no more, or is a program."""


@transaction.atomic
def assign(ticket: Ticket, assignee: User | None, *, actor: Actor, why: Why = ()) -> Ticket:
    """Give the ticket to this colleague, or to nobody; the event says why. Raises CannotTake."""
    ticket = lifecycle.lock(ticket)
    if assignee and (assignee.is_program or not horizon.sees(assignee, ticket)):
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
