"""Which ticket a message belongs to. The first line of the table that holds decides.

| the message                                   | its sender                  | what happens       |
| --------------------------------------------- | --------------------------- | ------------------ |
| carries a reply token of ours                 | customer or participant     | joins              |
| answers a message we sent or received         | customer or participant     | joins              |
| either of them                                | anybody else                | new, "follows" it  |
| either, the ticket closed for long            | anybody                     | new, "follows" it  |
| neither                                       | anybody                     | new                |

A token or an id proves that somebody saw the ticket, not who writes now: a forwarded mail carries both.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from channels_app.messages import InboundMessage, read_token, token_in_id
from helpdesk.accounts.models import Company
from tickets import customers
from tickets.models import Customer, Message, Ticket


def find_ticket(inbound: InboundMessage, customer: Customer) -> Ticket | None:
    """The ticket this message joins, locked, or None for a new one."""
    cited = cited_ticket_id(inbound)
    if cited is None:
        return None
    ticket = Ticket.objects.select_for_update().filter(pk=cited).first()
    if ticket is None or too_old(ticket, timezone.now()):
        return None
    return ticket if takes_part(ticket, customer, inbound) else None


def too_old(ticket: Ticket, now: datetime) -> bool:
    """Whether the ticket was closed so long ago that an answer opens a new one."""
    if ticket.status != Ticket.Status.CLOSED or ticket.closed_at is None:
        return False
    return ticket.closed_at < now - timedelta(days=Company.load().reopen_days)


def cited_ticket_id(inbound: InboundMessage) -> int | None:
    """The ticket that the message says it belongs to, by token first, then by the ids it answers."""
    for token in _tokens(inbound):
        ticket_id = read_token(token)
        if ticket_id is not None:
            return ticket_id
    return _answered(inbound.references) if inbound.references else None


def takes_part(ticket: Ticket, customer: Customer, inbound: InboundMessage) -> bool:
    """Whether the sender is the ticket's customer or was a recipient of its messages."""
    if ticket.customer_id == customer.pk:
        return True
    address = customers.normalise(inbound.sender.identity_kind, inbound.sender.identity)
    return any(address in _recipients(message) for message in _addressed(ticket))


def _tokens(inbound: InboundMessage) -> Iterable[str]:
    if inbound.token:
        yield inbound.token
    yield from filter(None, map(token_in_id, inbound.references))


def _answered(references: tuple[str, ...]) -> int | None:
    """The ticket of the nearest cited message that the desk knows, sent or received."""
    known = dict(
        Message.objects.filter(external_id__in=references)
        .exclude(direction=Message.Direction.NOTE)
        .values_list("external_id", "ticket_id")
    )
    return next((known[cited] for cited in references if cited in known), None)


def _addressed(ticket: Ticket) -> QuerySet[Message]:
    return ticket.messages.exclude(direction=Message.Direction.NOTE).only("recipients", "sender_address")


def _recipients(message: Message) -> set[str]:
    return {address.lower() for address in (*message.to, *message.cc, message.sender_address)}
