"""What others said on a ticket while somebody was writing, and what the writer said themselves elsewhere."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from tickets.models import Draft, Message, Ticket

MOST = 20

OWN_REPLY = Q(direction=Message.Direction.OUT, purpose=Message.Purpose.REPLY)


class Overtaken(Exception):
    """More was said than the author had seen: nothing was sent.

    `messages` were said since, in order; `waiting` are replies of their own on their way.
    """

    def __init__(self, messages: list[Message], waiting: list[Draft]) -> None:
        super().__init__(f"{len(messages) + len(waiting)} came meanwhile")
        self.messages = messages
        self.waiting = waiting


def since(
    ticket: Ticket, seen: int, *, reader: int | None, own: Collection[UUID] | None = None
) -> list[Message]:
    """What customers and colleagues but `reader` (a key) said after the message `seen`, notes too.

    With `own`, the keys of the reader's own replies that their page knows of, their other replies are among
    it: those came from another tab or device. Without, all that they said themselves is known to them.
    Receipts and automatic mail say nothing that an answer would have to take into account.
    """
    found = ticket.messages.filter(pk__gt=seen, is_automatic=False).exclude(purpose=Message.Purpose.RECEIPT)
    unseen = ~Q(author=reader)
    if own is not None:
        unseen |= OWN_REPLY & ~Q(key__in=own)
    found = found.filter(unseen).select_related("author", "customer")
    return list(found.defer("search", "html", "digest").order_by("id")[:MOST])


def waiting(ticket: Ticket, *, reader: int | None, own: Collection[UUID] | None) -> list[Draft]:
    """The reader's own replies on their way from another tab or device: those their page does not know of."""
    if own is None or reader is None:
        return []
    found = ticket.drafts.queued().filter(author=reader, mode=Draft.Mode.REPLY)
    return list(found.exclude(key__in=own).order_by("due_at")[:MOST])


def check(
    ticket: Ticket, seen: int | None, *, reader: int | None, own: Collection[UUID] | None = None
) -> None:
    """On a locked ticket: nothing came since `seen`, None for "do not ask". Raises Overtaken.

    `own` is as for `since`.
    """
    if seen is None:
        return
    came = since(ticket, seen, reader=reader, own=own)
    going = waiting(ticket, reader=reader, own=own)
    if came or going:
        raise Overtaken(came, going)
