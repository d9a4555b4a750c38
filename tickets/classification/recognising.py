"""The desk's own opinion of a new ticket: judged once, by the message that opened it."""

import json
from collections.abc import Sequence

from helpdesk import prepared
from helpdesk.prepared import Lookup
from tickets import events
from tickets.classification import judging, own
from tickets.models import Event, Message, Ticket

_opening = Lookup(
    lambda messages: Message.objects.filter(
        pk__any_of=messages, direction=Message.Direction.IN, is_automatic=False
    ).only("ticket", "text", "folds", "subject", "language"),
    list,
    planned=True,
)
# One statement for each new ticket, which locks it, too: whoever judged it meanwhile is right.
_KEEP = """
UPDATE tickets_ticket SET verdict = %s, kind = %s WHERE id = %s AND kind = '' AND verdict = '{}'::jsonb
"""
FEW_WORDS = 3
"""A message of fewer says little without its subject."""


def recognise(happened: Sequence[Event]) -> None:
    """Judge the tickets that nobody has judged yet; sure verdicts become their kind. Safe to call twice.

    What a person has said about a ticket stays. The verdict is kept beside it, for whoever learns from the
    difference.
    """
    open_ = [event for event in happened if _is_open_question(event)]
    new = {event.message_id: event.ticket for event in open_ if event.message_id and event.ticket}
    for message in _opening(list(new)) if new else []:
        ticket = new[message.pk]
        verdict = judging.judge(_words(message), message.language, own.known())
        if verdict.kind:
            _settle(ticket, verdict)


def _is_open_question(event: Event) -> bool:
    return bool(event.message_id and event.ticket and not event.ticket.kind and not event.ticket.verdict)


def _words(message: Message) -> str:
    own = message.visible_text.strip()
    return own if len(own.split()) >= FEW_WORDS else f"{message.subject}\n{own}"


def _settle(ticket: Ticket, verdict: judging.Verdict) -> None:
    told = {
        "kind": verdict.kind,
        "confidence": verdict.confidence,
        "topic": verdict.topic,
        "priority": verdict.priority,
        "anger": verdict.anger,
        "words": [reason.words for reason in verdict.reasons],
    }
    kind = verdict.kind if verdict.is_sure else ""
    with prepared.cursor() as cursor:
        cursor.execute(_KEEP, [json.dumps(told), kind, ticket.pk])
        if not cursor.rowcount or not kind:
            return
    ticket.verdict, ticket.kind = told, kind
    confidence = verdict.confidence
    events.record(ticket, Event.Kind.KIND_CHANGED, actor=None, before="", after=kind, confidence=confidence)
