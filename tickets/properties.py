"""What a ticket is about: its kind, priority and tags."""

from collections.abc import Iterable

from django.db import transaction

from tickets import events, lifecycle
from tickets.events import Actor
from tickets.models import Event, Ticket

MAX_TAG = 40


@transaction.atomic
def set_kind(ticket: Ticket, kind: str, *, actor: Actor) -> Ticket:
    return _set(ticket, "kind", Ticket.Kind(kind), Event.Kind.KIND_CHANGED, actor)


@transaction.atomic
def set_priority(ticket: Ticket, priority: int, *, actor: Actor) -> Ticket:
    return _set(ticket, "priority", Ticket.Priority(priority), Event.Kind.PRIORITY_CHANGED, actor)


@transaction.atomic
def set_tags(ticket: Ticket, tags: Iterable[str], *, actor: Actor) -> Ticket:
    """The ticket has exactly these tags: trimmed, in lower case, each once, in alphabetical order."""
    wanted = sorted({" ".join(tag.split()).lower()[:MAX_TAG] for tag in tags} - {""})
    return _set(ticket, "tags", wanted, Event.Kind.TAGS_CHANGED, actor)


def _set(ticket: Ticket, field: str, value: object, kind: Event.Kind, actor: Actor) -> Ticket:
    """Change one field and tell it; nothing happens when it has this value already."""
    ticket = lifecycle.lock(ticket)
    before = getattr(ticket, field)
    if before == value:
        return ticket
    setattr(ticket, field, value)
    ticket.save(update_fields=[field])
    events.record(ticket, kind, actor=actor, before=before, after=value)
    return ticket
