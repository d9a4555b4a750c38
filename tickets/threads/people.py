"""Who takes part in a ticket, since when, and who let them in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from channels_app.messages import InboundMessage
from channels_app.models import Channel
from helpdesk.prepared import Lookup
from tickets import customers
from tickets.models import Customer, Message, Ticket
from tickets.threads.cases import Relation


@dataclass(frozen=True, kw_only=True)
class Participant:
    """An address on a ticket. `message_id` is where it came in, `by` the address that wrote that message."""

    address: str
    since: datetime
    message_id: int
    by: str
    by_us: bool
    is_newcomer: bool
    """Put in copy by somebody outside, and not written to since: they have not seen what was said before."""


def relation(ticket: Ticket, customer: Customer, inbound: InboundMessage) -> Relation:
    """What the sender is to the ticket."""
    if ticket.customer_id == customer.pk:
        return Relation.CUSTOMER
    address = customers.normalise(inbound.sender.identity_kind, inbound.sender.identity)
    if any(address in _addresses(message) for message in _addressed(ticket)):
        return Relation.PARTICIPANT
    if customer.organisation_id and ticket.customer.organisation_id == customer.organisation_id:
        return Relation.COLLEAGUE
    return Relation.STRANGER


def participants(ticket: Ticket) -> list[Participant]:
    """Everybody who wrote on the ticket or was addressed openly, in the order they came; our own left out."""
    return _without_ours(_everybody(ticket))


def newcomers(ticket: Ticket) -> list[Participant]:
    """Those who have not seen the earlier messages: ask before they are sent the history."""
    return _without_ours([each for each in _everybody(ticket) if each.is_newcomer])


def _everybody(ticket: Ticket) -> list[Participant]:
    messages = _in_order(ticket.pk)
    found: dict[str, Participant] = {}
    for place, message in enumerate(messages):
        for address in _open_addresses(message):
            if address not in found:
                found[address] = _joined(address, place, messages)
    return list(found.values())


def _without_ours(found: list[Participant]) -> list[Participant]:
    ours = _own_addresses() if found else set()
    return [each for each in found if not _is_ours(each.address, ours)]


def _joined(address: str, place: int, messages: list[Message]) -> Participant:
    message, later = messages[place], messages[place + 1 :]
    by_us = message.direction == Message.Direction.OUT
    let_in = not by_us and message.sender_address.lower() != address
    written_to = any(
        each.direction == Message.Direction.OUT and address in _addresses(each) for each in later
    )
    return Participant(
        address=address,
        since=message.created_at,
        message_id=message.pk,
        by=message.sender_address,
        by_us=by_us,
        is_newcomer=let_in and place > 0 and not written_to,
    )


def _addressed(ticket: Ticket | int) -> QuerySet[Message]:
    """Messages that make their sender and recipients take part; a doubtful sender lets nobody in."""
    spoken = Message.objects.filter(ticket=ticket, is_unverified=False).exclude(
        direction=Message.Direction.NOTE
    )
    return spoken.only("ticket", "recipients", "sender_address", "direction", "created_at")


_in_order = Lookup(lambda ticket: _addressed(ticket).order_by("created_at", "id"), int, planned=True)


def _addresses(message: Message) -> set[str]:
    return {*_open_addresses(message), *(each.lower() for each in message.recipients.get("bcc", []))}


def _open_addresses(message: Message) -> Iterator[str]:
    yield from (each.lower() for each in (message.sender_address, *message.to, *message.cc) if each)


def _own_addresses() -> set[str]:
    rows: Iterable[tuple[str, list[str]]] = Channel.objects.values_list("address", "aliases")
    return {one.lower() for address, aliases in rows for one in (address, *aliases)}


def _is_ours(address: str, ours: set[str]) -> bool:
    """An address of ours, with or without a token after a plus."""
    local, _at, domain = address.rpartition("@")
    return address in ours or f"{local.partition('+')[0]}@{domain}" in ours
