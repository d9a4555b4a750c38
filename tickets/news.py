"""What others said on a ticket while somebody was writing."""

from tickets.models import Message, Ticket

MOST = 20


class Overtaken(Exception):
    """Others wrote after what the author had seen: nothing was sent. `messages` are theirs, in order."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__(f"{len(messages)} came meanwhile")
        self.messages = messages


def since(ticket: Ticket, seen: int, *, reader: int | None) -> list[Message]:
    """What customers and colleagues but `reader` (a key) said after the message `seen`, notes too.

    Receipts and automatic mail say nothing that an answer would have to take into account.
    """
    found = ticket.messages.filter(pk__gt=seen, is_automatic=False).exclude(purpose=Message.Purpose.RECEIPT)
    found = found.exclude(author=reader).select_related("author", "customer")
    return list(found.defer("search", "html", "digest").order_by("id")[:MOST])


def check(ticket: Ticket, seen: int | None, *, reader: int | None) -> None:
    """On a locked ticket: nothing came since `seen`, None for "do not ask". Raises Overtaken."""
    if seen is not None and (came := since(ticket, seen, reader=reader)):
        raise Overtaken(came)
