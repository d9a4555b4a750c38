"""Several changes to one ticket as one: all of them, or none."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from helpdesk import versions
from helpdesk.accounts.models import User
from tickets import assignment, lifecycle, properties
from tickets.models import Ticket

# In this order: a team decides who may have the ticket, and a status is what the rest led to.
CHANGES: dict[str, Callable[..., Ticket]] = {
    "subject": properties.set_subject,
    "language": properties.set_language,
    "kind": properties.set_kind,
    "topic": properties.set_topic,
    "priority": properties.set_priority,
    "tags": properties.set_tags,
    "custom": properties.set_custom,
    "team": assignment.move,
    "assignee": assignment.assign,
    "status": lifecycle.set_status,
}


@transaction.atomic
def change(ticket: Ticket, given: Mapping[str, Any], *, actor: User, expected: str = "") -> Ticket:
    """Give the ticket these values, each told by its own verb.

    `expected` is the version (helpdesk.versions) that the caller has read. Raises Stale, CannotTake
    and fields.Wrong.
    """
    ticket = lifecycle.lock(ticket)
    versions.check(ticket, expected)
    for name, verb in CHANGES.items():
        if name in given:
            ticket = verb(ticket, given[name], actor=actor)
    return ticket
