"""What may be asked of what happened."""

from typing import Any

from tickets.models import Event, Ticket
from tickets.rules.facts import Facts
from tickets.rules.traits.sorts import CHOICE, TAGS, Trait

WHO = ("customer", "colleague", "rule", "desk", "time")


def _changed(facts: Facts, name: str) -> Any:
    return facts.event.data.get(name) if facts.event else None


def _who(facts: Facts) -> str:
    """Who did what happened."""
    event = facts.event
    if event is None:
        return "time"
    if "by_rule" in event.data:
        return "rule"
    if event.user_id:
        return "colleague"
    return "customer" if event.customer_id else "desk"


def _tags_given(facts: Facts) -> list[str]:
    if facts.event is None or facts.event.kind != Event.Kind.TAGS_CHANGED:
        return []
    return sorted(set(_changed(facts, "after") or ()) - set(_changed(facts, "before") or ()))


def _former_status(facts: Facts) -> str:
    is_it = facts.event is not None and facts.event.kind == Event.Kind.STATUS_CHANGED
    return str(_changed(facts, "before") or "") if is_it else ""


TRAITS = (
    Trait(name="by", sort=CHOICE, of="event", words=WHO, read=_who),
    Trait(
        name="former_status",
        sort=CHOICE,
        of="event",
        words=tuple(Ticket.Status.values),
        read=_former_status,
    ),
    Trait(name="tag_given", sort=TAGS, of="event", read=_tags_given),
)
