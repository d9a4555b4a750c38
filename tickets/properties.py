"""What a ticket is about: its subject, language, kind, topic, priority, tags and custom fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from helpdesk.prepared import update
from tickets import events, fields, lifecycle
from tickets.events import Actor
from tickets.models import CustomField, Event, Ticket, Topic

MAX_TAG = 40


@transaction.atomic
def set_kind(ticket: Ticket, kind: str, *, actor: Actor) -> Ticket:
    """The ticket is of this kind, or of none (""). Raises ValueError for what is no kind."""
    return _set(ticket, "kind", Ticket.Kind(kind), Event.Kind.KIND_CHANGED, actor)


@transaction.atomic
def set_topic(ticket: Ticket, topic: str, *, actor: Actor) -> Ticket:
    """The ticket is about the topic with this key, or about none ("").

    What the desk had made of it stays beside it, to be learned from. Raises ValueError for no topic.
    """
    if topic and not Topic.objects.filter(key=topic).exists():
        raise ValueError(f"{topic!r} is no topic")
    ticket = lifecycle.lock(ticket)
    before = ticket.topic
    if before == topic:
        return ticket
    ticket.verdict = {"read_topic": before, **ticket.verdict, "topic": topic}
    ticket.save(update_fields=["verdict"])
    events.record(ticket, Event.Kind.TOPIC_CHANGED, actor=actor, before=before, after=topic)
    return ticket


@transaction.atomic
def set_priority(
    ticket: Ticket, priority: int, *, actor: Actor, why: Sequence[Mapping[str, Any]] = ()
) -> Ticket:
    """Give it this priority; the event says why, where criteria did it."""
    more = {"why": list(why)} if why else {}
    return _set(ticket, "priority", Ticket.Priority(priority), Event.Kind.PRIORITY_CHANGED, actor, more=more)


@transaction.atomic
def set_tags(ticket: Ticket, tags: Iterable[str], *, actor: Actor) -> Ticket:
    """The ticket has exactly these tags: trimmed, in lower case, each once, in alphabetical order."""
    wanted = sorted({" ".join(tag.split()).lower()[:MAX_TAG] for tag in tags} - {""})
    return _set(ticket, "tags", wanted, Event.Kind.TAGS_CHANGED, actor)


@transaction.atomic
def set_subject(ticket: Ticket, subject: str, *, actor: Actor) -> Ticket:
    """What stands over the ticket; the event does not say it, since it is somebody's words."""
    return _set(
        ticket, "subject", " ".join(subject.split())[:1000], Event.Kind.SUBJECT_CHANGED, actor, told=False
    )


@transaction.atomic
def set_language(ticket: Ticket, language: str, *, actor: Actor) -> Ticket:
    """The language in which the customer is answered, such as "hu"."""
    return _set(ticket, "language", language[:8], Event.Kind.LANGUAGE_CHANGED, actor)


@transaction.atomic
def set_custom(ticket: Ticket, given: Mapping[str, Any], *, actor: Actor) -> Ticket:
    """Give custom fields these values, as JSON; None takes one away. Raises fields.Wrong."""
    ticket = lifecycle.lock(ticket)
    before, owner = ticket.custom, CustomField.Of.TICKET
    after = fields.changed(owner, before, given)
    if after == before:
        return ticket
    ticket.custom = after
    ticket.save(update_fields=["custom"])
    for change in fields.told(owner, before, after):
        events.record(ticket, Event.Kind.CUSTOM_CHANGED, actor=actor, **change)
    return ticket


def _set(
    ticket: Ticket,
    field: str,
    value: object,
    kind: Event.Kind,
    actor: Actor,
    *,
    told: bool = True,
    more: Mapping[str, Any] | None = None,
) -> Ticket:
    """Change one field and tell it; nothing happens when it has this value already."""
    ticket = lifecycle.lock(ticket)
    before = getattr(ticket, field)
    if before == value:
        return ticket
    setattr(ticket, field, value)
    update(ticket, field)
    values = {"before": before, "after": value} if told else {}
    events.record(ticket, kind, actor=actor, **values, **(more or {}))
    return ticket
