"""Who takes a ticket out of the desk: how often they may, and that it is told."""

from collections.abc import Callable
from typing import IO

from django.core.cache import cache
from django.db import transaction

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User
from tickets import events
from tickets.exporting import archive, document
from tickets.models import Event, Message, Ticket

MOST, WITHIN = 30, 600  # of one colleague in so many seconds
FORMS: dict[str, tuple[str, Callable[[Ticket, list[Message]], IO[bytes]]]] = {
    "eml": ("application/zip", archive.packed),
    "pdf": ("application/pdf", document.drawn),
}
"""By name: the type of the file, and what makes it."""


class TooOften(Exception):
    """MOST tickets have been taken within the last minutes."""


def take(ticket: Ticket, form: str, *, notes: bool, actor: User) -> IO[bytes]:
    """The whole ticket as a file to be read from its start; with `notes` those of colleagues too.

    It stands in the ticket's history and in the audit log. Raises TooOften and TooBig.
    """
    key = f"exports-{actor.pk}"
    cache.add(key, 0, WITHIN)
    if cache.incr(key) > MOST:
        raise TooOften
    found = ticket.messages.in_order().select_related("author", "customer", "record")
    if not notes:
        found = found.exclude(direction=Message.Direction.NOTE)
    made = FORMS[form][1](ticket, list(found.defer("search").prefetch_related("attachments")))
    with transaction.atomic():
        events.record(ticket, Event.Kind.EXPORTED, actor=actor, form=form, notes=notes)
        audit.record(AuditEntry.Kind.EXPORTED, actor=actor, table="ticket", ticket=ticket.pk, form=form)
    return made
