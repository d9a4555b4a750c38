"""The only writer of events and of the reactions that wait for them."""

import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from helpdesk import prepared
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import live
from tickets.models import Customer, Event, Message, Ticket

Actor = User | Customer | None

# One statement: this is on the path of every message.
_RECORD = """
WITH event AS (
    INSERT INTO tickets_event (kind, ticket_id, message_id, user_id, customer_id, data, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id, ticket_id, at
)
INSERT INTO tickets_reaction (event_id, ticket_id, name, attempts, due_at, error)
SELECT event.id, event.ticket_id, name, 0, event.at, '' FROM event, unnest(%s::text[]) AS name
"""

Wanted = Callable[[str], bool]
"""Whether anybody wants a reaction to this kind of event at this moment."""

_followers: dict[str, dict[str, Wanted | None]] = {}
"""Which reactions wait for which kind of event, in order; filled by tickets.reactions when it is loaded."""


def follow(kind: str, name: str, *, wanted: Wanted | None = None) -> None:
    """From now on an event of this kind leaves a reaction called `name`, if `wanted` says so."""
    _followers.setdefault(kind, {})[name] = wanted


def record(
    ticket: Ticket | None,
    kind: Event.Kind,
    *,
    actor: Actor,
    message: Message | None = None,
    **data: Any,
) -> None:
    """Tell once what happened: the event, its pending reactions, and a live hint after commit.

    Without a ticket it is about something else, which `data` names, such as a customer.
    """
    names = [name for name, wanted in _followers.get(kind, {}).items() if wanted is None or wanted(kind)]
    user = actor.pk if isinstance(actor, User) else None
    customer = actor.pk if isinstance(actor, Customer) else None
    with prepared.cursor() as cursor:
        cursor.execute(
            _RECORD,
            [
                kind,
                ticket.pk if ticket else None,
                message.pk if message else None,
                user,
                customer,
                json.dumps(data),
                timezone.now(),
                names,
            ],
        )
    if names:
        wake("reactions")
    if ticket:
        live.publish(*hints(ticket), by=user)


def hints(ticket: Ticket) -> list[str]:
    """The live groups that hear of a change to this ticket."""
    team = f"team-{ticket.team_id}" if ticket.team_id else "team-none"
    groups = [f"ticket-{ticket.pk}", team, "desk"]
    return [*groups, "escalated"] if ticket.escalated_at else groups
