"""Tickets locked many at a time, and verbs that need not lock what their caller has locked."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from helpdesk.prepared import Lookup
from tickets.models import Ticket

_whole = Lookup(
    lambda pks: (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("team", "assignee", "customer")
        .filter(pk__any_of=pks)
        .order_by("pk")
    ),
    list,
    planned=True,
)


def lock_all(pks: Iterable[int]) -> dict[int, Ticket]:
    """These tickets as they are now, with their customers, locked by one statement in the order of ids."""
    return {ticket.pk: ticket for ticket in _whole(sorted(pks))}


class _Kept(threading.local):
    ticket: Ticket | None = None


_kept = _Kept()


@contextmanager
def kept(ticket: Ticket) -> Iterator[None]:
    """Meanwhile `lifecycle.lock` gives this very object, which is locked and as it is now, and asks nobody.

    For verbs that change a ticket through the object they lock, and not past it.
    """
    before, _kept.ticket = _kept.ticket, ticket
    try:
        yield
    finally:
        _kept.ticket = before


def at_hand(pk: int) -> Ticket | None:
    """The ticket of this id, if it is the one that is kept."""
    return _kept.ticket if _kept.ticket and _kept.ticket.pk == pk else None
