"""The desk's own opinion of a new ticket: judged once, by the message that opened it."""

import json
from collections.abc import Sequence
from typing import Any

from helpdesk import prepared
from tickets import events
from tickets.classification import judging, languages, own
from tickets.models import Event, Message, Ticket

# One statement for a batch, which locks the tickets, too: whoever judged one meanwhile is right.
_KEEP = """
UPDATE tickets_ticket AS ticket SET verdict = said.verdict || ticket.verdict, kind = said.kind
FROM json_to_recordset(%s::json) AS said(id bigint, verdict jsonb, kind text)
WHERE ticket.id = said.id AND ticket.kind = '' AND NOT ticket.verdict ? 'kind' RETURNING ticket.id
"""
FEW_WORDS = 3
"""A message of fewer says little without its subject."""


def is_open_question(fact: events.Fact) -> bool:
    """Whether nobody has judged the ticket yet."""
    return fact.ticket is not None and not fact.ticket.kind and "kind" not in fact.ticket.verdict


def recognise(happened: Sequence[Event]) -> None:
    """Judge the tickets that nobody has judged yet; sure verdicts become their kind. Safe to call twice.

    What a person has said about a ticket stays, its topic too. The verdict is kept beside it, for whoever
    learns from the difference.
    """
    told: dict[int, tuple[Ticket, dict[str, Any], str]] = {}
    for event in happened:
        ticket, message = event.ticket, event.message
        if ticket is None or ticket.kind or "kind" in ticket.verdict or not message or not _is_asked(message):
            continue
        verdict = _judged(message)
        if verdict.kind:
            told[ticket.pk] = (ticket, _written(verdict), verdict.kind if verdict.is_sure else "")
    if told:
        _settle(told)


def _is_asked(message: Message) -> bool:
    return message.direction == Message.Direction.IN and not message.is_automatic


def _words(message: Message) -> str:
    own = message.visible_text.strip()
    return own if len(own.split()) >= FEW_WORDS else f"{message.subject}\n{own}"


def _judged(message: Message) -> judging.Verdict:
    words = _words(message)
    return judging.judge(words, languages.tell(words, message.language), own.known())


def _written(verdict: judging.Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind,
        "confidence": verdict.confidence,
        "topic": verdict.topic,
        "priority": verdict.priority,
        "anger": verdict.anger,
        "words": [reason.words for reason in verdict.reasons],
    }


def _settle(told: dict[int, tuple[Ticket, dict[str, Any], str]]) -> None:
    # In the order of their ids, as everybody locks tickets.
    rows = [{"id": pk, "verdict": verdict, "kind": kind} for pk, (_t, verdict, kind) in sorted(told.items())]
    with prepared.cursor() as cursor:
        cursor.execute(_KEEP, [json.dumps(rows)])
        kept = [row[0] for row in cursor.fetchall()]
    with events.together():
        for ticket, verdict, kind in (told[pk] for pk in sorted(kept)):
            ticket.verdict, ticket.kind = {**verdict, **ticket.verdict}, kind
            if kind:
                _tell(ticket, kind, verdict["confidence"])


def _tell(ticket: Ticket, kind: str, confidence: float) -> None:
    events.record(ticket, Event.Kind.KIND_CHANGED, actor=None, before="", after=kind, confidence=confidence)
