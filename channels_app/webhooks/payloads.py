"""What a receiver is told: the event, and ticket and message as the API names their parts. Version 1."""

from datetime import datetime
from typing import Any

from django.conf import settings

from helpdesk.accounts.models import User
from tickets.models import Event, Message, Ticket

VERSION = 1
TEST = "webhook.test"
RULED = "ticket.rule_applied"
"""Sent since a rule says so: the event has no id."""
LONGEST_TEXT = 20_000  # letters of a message; the API has the rest

# Names do not change: a receiver tells its events apart by them.
TYPES: dict[str, str] = {
    Event.Kind.TICKET_OPENED: "ticket.opened",
    Event.Kind.MESSAGE_RECEIVED: "message.received",
    Event.Kind.REPLY_SENT: "reply.sent",
    Event.Kind.ASIDE_SENT: "aside.sent",
    Event.Kind.ENQUIRY_SENT: "enquiry.sent",
    Event.Kind.ENQUIRY_ANSWERED: "enquiry.answered",
    Event.Kind.NOTE_ADDED: "note.added",
    Event.Kind.DELIVERY_FAILED: "delivery.failed",
    Event.Kind.DELIVERY_RETRIED: "delivery.retried",
    **{
        kind: f"ticket.{kind.value}"
        for kind in (
            *(Event.Kind.STATUS_CHANGED, Event.Kind.ASSIGNED, Event.Kind.TEAM_CHANGED),
            *(Event.Kind.KIND_CHANGED, Event.Kind.PRIORITY_CHANGED, Event.Kind.TAGS_CHANGED),
            *(Event.Kind.FOLDER_CHANGED, Event.Kind.CUSTOM_CHANGED, Event.Kind.TOPIC_CHANGED),
            *(Event.Kind.SNOOZED, Event.Kind.WOKEN, Event.Kind.LINKED, Event.Kind.UNLINKED),
            *(Event.Kind.PROMISE_MADE, Event.Kind.PROMISE_MOVED, Event.Kind.PROMISE_KEPT),
            *(Event.Kind.PROMISE_WITHDRAWN, Event.Kind.PROMISE_LAPSED),
            *(Event.Kind.EXPECTED_SLIPS, Event.Kind.EXPECTED_CORRECTED),
            Event.Kind.RATED,
            *(Event.Kind.SLA_WARNED, Event.Kind.SLA_BREACHED, Event.Kind.SLA_ESCALATED),
        )
    },
}


def of(event: Event, *, with_words: bool) -> dict[str, Any]:
    """The payload for an event with its ticket, message, user and customer at hand."""
    data: dict[str, Any] = {"version": VERSION, "event": _event(event, with_words)}
    if event.ticket:
        data["ticket"] = _ticket(event.ticket, with_words)
    if event.message:
        data["message"] = _message(event.message, with_words)
    return {"type": TYPES.get(event.kind, event.kind), "timestamp": _time(event.at), "data": data}


def test(now: datetime) -> dict[str, Any]:
    """What the button "Test" sends."""
    return {"type": TEST, "timestamp": _time(now), "data": {"version": VERSION}}


def _event(event: Event, with_words: bool) -> dict[str, Any]:
    customer = {"id": event.customer_id} if event.customer_id else None
    return {
        "id": event.pk,
        "kind": event.kind,
        "at": _time(event.at),
        "data": event.data,
        "user": _colleague(event.user, with_words),
        "customer": customer,
    }


def _ticket(ticket: Ticket, with_words: bool) -> dict[str, Any]:
    plain = {
        "number": ticket.number,
        "url": f"{settings.BASE_URL}/api/v1/tickets/{ticket.number}/",
        "status": ticket.status,
        "folder": ticket.folder,
        "is_internal": ticket.is_internal,
        "kind": ticket.kind,
        "topic": ticket.topic,
        "priority": Ticket.Priority(ticket.priority).name.lower(),
        "customer": _named(ticket.customer, with_words),
        "channel": _named(ticket.channel, with_words),
        "team": _named(ticket.team, with_words),
        "assignee": _named(ticket.assignee, with_words),
        "tags": ticket.tags,
        "custom": ticket.custom if with_words else {},
        "language": ticket.language,
        "created_at": _time(ticket.created_at),
        "last_message_at": _time(ticket.last_message_at),
        "waiting_since": _time(ticket.waiting_since),
        "resolved_at": _time(ticket.resolved_at),
    }
    return {**plain, "subject": ticket.subject} if with_words else plain


def _message(message: Message, with_words: bool) -> dict[str, Any]:
    plain = {
        "id": message.pk,
        "direction": message.direction,
        "enquiry": message.enquiry_id,
        "language": message.language,
        "is_automatic": message.is_automatic,
        "authenticity": message.authenticity,
        "author": _named(message.author, with_words),
        "created_at": _time(message.created_at),
    }
    if not with_words:
        return plain
    words = {
        "subject": message.subject,
        "sender_name": message.sender_name,
        "sender_address": message.sender_address,
        "to": message.to,
        "cc": message.cc,
        "text": message.text[:LONGEST_TEXT],
    }
    return {**plain, **words}


def _named(row: Any, with_words: bool) -> dict[str, Any] | None:
    if row is None:
        return None
    name = str(row) if isinstance(row, User) else getattr(row, "name", str(row))
    return {"id": row.pk, "name": name} if with_words else {"id": row.pk}


def _colleague(user: User | None, with_words: bool) -> dict[str, Any] | None:
    """Who did it, and whether that is a program."""
    named = _named(user, with_words)
    return {**named, "is_program": user.is_program} if named and user else None


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
