"""Which events let clocks be reckoned again, and of which tickets."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tickets import events
from tickets.models import Event, Ticket
from tickets.sla import policies

KINDS = (
    Event.Kind.REPLY_SENT,
    Event.Kind.STATUS_CHANGED,
    Event.Kind.FOLDER_CHANGED,
    Event.Kind.SNOOZED,
    Event.Kind.WOKEN,
    Event.Kind.KIND_CHANGED,
    Event.Kind.PRIORITY_CHANGED,
    Event.Kind.TEAM_CHANGED,
    Event.Kind.TICKET_JOINED,
    Event.Kind.JOIN_UNDONE,
    Event.Kind.MESSAGE_SPLIT,
    Event.Kind.SPLIT_UNDONE,
)
"""What starts, stops or ends a clock, or lets another policy fit."""
MOST_OF_CUSTOMER = 1000
NAMED: dict[str, str] = {
    Event.Kind.KIND_CHANGED: "kind",
    Event.Kind.PRIORITY_CHANGED: "priority",
    Event.Kind.TEAM_CHANGED: "team",
}
"""What matters only where a policy names it as a condition."""


class _Held(threading.local):
    is_on = False


_held = _Held()


@contextmanager
def held() -> Iterator[None]:
    """Whoever settles at the end of the block anyway keeps what it tells meanwhile from asking for it."""
    before, _held.is_on = _held.is_on, True
    try:
        yield
    finally:
        _held.is_on = before


def is_wanted(fact: events.Fact) -> bool:
    """Whether anybody reckons with times, and nobody is about to."""
    if fact.ticket is None or _held.is_on:
        return False
    named = NAMED.get(fact.kind)
    return any(named is None or named in each.conditions for each in policies.known())


def is_of_customer(fact: events.Fact) -> bool:
    """Whether policies look at what was changed of a customer."""
    fields = set(fact.data.get("fields", ())) or {"importance", "organisation"}
    named = {name for each in policies.known() for name in each.conditions}
    return bool(fields & named & {"importance", "organisation"})


def of_customer(customer: int) -> set[int]:
    """The open tickets of a customer, the newest when there are very many."""
    theirs = Ticket.objects.on_desk().unfinished().filter(customer=customer).order_by("-id")
    return set(theirs.values_list("pk", flat=True)[:MOST_OF_CUSTOMER])
