"""What may be asked of the ticket itself."""

from datetime import timedelta
from typing import Any

from tickets.models import Ticket
from tickets.narrowing import NO_KIND, NOBODY, PRIORITIES
from tickets.rules.facts import Facts
from tickets.rules.traits.sorts import CHOICE, SPAN_OF, TAGS, YES_NO, Trait

NOT_RATED = "none"

_PRIORITY = {int(value): name for name, value in PRIORITIES.items()}
MOODS = ("calm", "annoyed", "angry")


def _span_since(moment: Any, facts: Facts) -> timedelta | None:
    return facts.now - moment if moment else None


def _mood(facts: Facts) -> str:
    return MOODS[min(int((facts.ticket.verdict or {}).get("anger", 0)), 2)]


TRAITS = (
    Trait(
        name="status",
        sort=CHOICE,
        words=tuple(Ticket.Status.values),
        read=lambda facts: facts.ticket.status,
    ),
    Trait(
        name="kind",
        sort=CHOICE,
        words=(NO_KIND, *filter(None, Ticket.Kind.values)),
        read=lambda facts: facts.ticket.kind or NO_KIND,
    ),
    Trait(
        name="priority",
        sort=CHOICE,
        words=tuple(PRIORITIES),
        read=lambda facts: _PRIORITY.get(facts.ticket.priority, ""),
    ),
    Trait(name="team", sort=CHOICE, read=lambda facts: str(facts.ticket.team_id or NOBODY)),
    Trait(name="assignee", sort=CHOICE, read=lambda facts: str(facts.ticket.assignee_id or NOBODY)),
    Trait(name="tag", sort=TAGS, read=lambda facts: facts.ticket.tags),
    Trait(name="channel", sort=CHOICE, read=lambda facts: str(facts.ticket.channel_id or NOBODY)),
    Trait(name="language", sort=CHOICE, read=lambda facts: (facts.ticket.language or "")[:2].lower()),
    Trait(name="topic", sort=CHOICE, read=lambda facts: str((facts.ticket.verdict or {}).get("topic", ""))),
    Trait(
        name="rating",
        sort=CHOICE,
        words=(NOT_RATED, *Ticket.Score.values),
        read=lambda facts: facts.ticket.rating or NOT_RATED,
    ),
    Trait(name="mood", sort=CHOICE, words=MOODS, read=_mood),
    Trait(
        name="created_within",
        sort=SPAN_OF,
        read=lambda facts: _span_since(facts.ticket.created_at, facts),
    ),
    Trait(
        name="quiet_for",
        sort=SPAN_OF,
        read=lambda facts: _span_since(facts.ticket.last_message_at, facts),
    ),
    Trait(
        name="waiting_for",
        sort=SPAN_OF,
        read=lambda facts: _span_since(facts.ticket.waiting_since, facts),
    ),
    Trait(name="waiting", sort=YES_NO, read=lambda facts: bool(facts.ticket.waiting_since)),
    Trait(name="replied", sort=YES_NO, read=lambda facts: bool(facts.ticket.first_replied_at)),
    Trait(name="escalated", sort=YES_NO, read=lambda facts: bool(facts.ticket.escalated_at)),
    Trait(name="snoozed", sort=YES_NO, read=lambda facts: facts.ticket.is_snoozed),
    Trait(name="internal", sort=YES_NO, read=lambda facts: facts.ticket.is_internal),
    Trait(name="promised", sort=YES_NO, read=lambda facts: bool(facts.ticket.promised_until)),
    Trait(name="at_work", sort=YES_NO, read=lambda facts: facts.is_open),
)
