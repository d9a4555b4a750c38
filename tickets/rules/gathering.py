"""The facts of a batch of tickets, loaded at once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from helpdesk.accounts.hours import Hours
from helpdesk.prepared import Lookup
from tickets.models import Attachment, Event, Message, Ticket
from tickets.rules.facts import FILES, MESSAGE, Facts

# One query for the tickets of a batch, and one for their messages if any rule looks at them.
_tickets = Lookup(
    lambda ids: Ticket.objects.filter(pk__any_of=ids).select_related("customer"), list, planned=True
)
_SHOWN = ("ticket_id", "text", "folds", "language", "sender_address", "subject")


def gather(
    happened: Iterable[tuple[int, Event | None]],
    *,
    now: datetime,
    needs: Collection[str] = (),
    hours: Mapping[int, Hours] | None = None,
) -> list[Facts]:
    """The facts of each ticket with what happened to it; tickets that are gone are left out."""
    pairs = list(happened)
    tickets = {each.pk: each for each in _tickets(sorted({pk for pk, _event in pairs}))}
    found = [
        Facts(ticket=tickets[pk], now=now, event=event, message=own(event), hours=hours or {})
        for pk, event in pairs
        if pk in tickets
    ]
    if MESSAGE in needs or FILES in needs:
        _read_messages([each for each in found if each.message is None])
    if FILES in needs:
        look_for_files(found)
    return found


def latest(tickets: Iterable[int], until: datetime | None = None) -> dict[int, Message]:
    """Ticket → the customer's last message, up to this time if one is given."""
    theirs = Q(ticket__in=list(tickets), direction=Message.Direction.IN, enquiry=None, is_automatic=False)
    found = Message.objects.filter(theirs)
    if until:
        found = found.filter(created_at__lte=until)
    rows = found.order_by("ticket", "-created_at", "-id").distinct("ticket").only(*_SHOWN)
    return {each.ticket_id: each for each in rows}


def own(event: Event | None) -> Message | None:
    """What the customer, or somebody else outside, said with this event; our own words are no news."""
    message = event.message if event else None
    return message if message and message.direction == Message.Direction.IN else None


def _read_messages(silent: list[Facts]) -> None:
    if not silent:
        return
    said = latest(each.ticket.pk for each in silent)
    for each in silent:
        each.message = said.get(each.ticket.pk)


def look_for_files(found: list[Facts]) -> None:
    """Whether the messages have files; one query."""
    asked = {each.message.pk for each in found if each.message}
    having = (
        Attachment.objects.filter(message__in=asked, inline=False) if asked else Attachment.objects.none()
    )
    with_files = set(having.values_list("message", flat=True))
    for each in found:
        each.has_files = bool(each.message and each.message.pk in with_files)
