"""Everything the desk knows about a customer, for the customer (GDPR, Articles 15 and 20)."""

import json
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User
from tickets.models import Customer, Event, Message, Ticket

CHUNK = 50


def export(customer: Customer, *, actor: User) -> Iterator[bytes]:
    """One JSON object in UTF-8, piece by piece; who took it stands in the audit log.

    It holds the customer, all their tickets with every message, note and file's name, and what they wrote on
    tickets of others. The files themselves are at their addresses.
    """
    audit.record(AuditEntry.Kind.EXPORTED, actor=actor, table="customer", customer=customer.pk)
    return _pieces(customer)


def _pieces(customer: Customer) -> Iterator[bytes]:
    yield b'{"customer": ' + _json(_customer(customer)) + b',\n"tickets": ['
    before = b"\n"
    tickets = Ticket.objects.filter(customer=customer).order_by("pk")
    for ticket in (
        tickets.select_related("channel").prefetch_related("messages__attachments", "ratings").iterator(CHUNK)
    ):
        yield before + _json(_ticket(ticket))
        before = b",\n"
    yield b'],\n"elsewhere": ['
    before = b"\n"
    others = Message.objects.filter(customer=customer).exclude(ticket__customer=customer).order_by("pk")
    for message in others.defer("search").prefetch_related("attachments").iterator(CHUNK):
        yield before + _json(_message(message))
        before = b",\n"
    yield b"]}\n"


def _customer(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.pk,
        "name": customer.name,
        "identities": [
            {"kind": each.kind, "value": each.value, "since": each.created_at, "bounced": each.bounced_at}
            for each in customer.identities.all()
        ],
        "organisation": str(customer.organisation or ""),
        "language": customer.language,
        "time_zone": customer.time_zone,
        "country": customer.country,
        "importance": customer.Importance(customer.importance).name.lower(),
        "notes": customer.notes,
        "custom": customer.custom,
        "blocked_at": customer.blocked_at,
        "customer_since": customer.created_at,
    }


def _ticket(ticket: Ticket) -> dict[str, Any]:
    happened = Event.objects.filter(ticket=ticket).order_by("pk").values("kind", "at", "data")
    # What others were asked and answered is theirs as well (Article 15, 4): not for the customer.
    said = [each for each in ticket.messages.all() if each.enquiry_id is None]
    messages = sorted(said, key=lambda each: (each.created_at, each.pk))
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "status": ticket.status,
        "folder": ticket.folder,
        "kind": ticket.kind,
        "tags": ticket.tags,
        "custom": ticket.custom,
        "channel": str(ticket.channel or ""),
        "created_at": ticket.created_at,
        "resolved_at": ticket.resolved_at,
        "messages": [_message(each) for each in messages],
        "ratings": [
            {"score": each.score, "comment": each.comment, "at": each.at, "resolved_at": each.resolved_at}
            for each in ticket.ratings.all()
        ],
        "events": list(happened),
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "direction": message.direction,
        "subject": message.subject,
        "sender": {"name": message.sender_name, "address": message.sender_address},
        "recipients": message.recipients,
        "text": message.text,
        "html": message.html,
        "language": message.language,
        "at": message.sent_at or message.created_at,
        "files": [
            {
                "name": each.name,
                "content_type": each.content_type,
                "bytes": each.size,
                "sha256": each.sha256,
                "url": reverse("tickets-api:attachment-content", args=[each.pk]),
            }
            for each in message.attachments.all()
        ],
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode()


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
