"""What 100 rules cost for each message: their facts and conditions, for batches as workers take them."""

import statistics
import time
import uuid
from typing import Any

from channels_app.messages import InboundMessage, Sender
from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import intake
from tickets.classification import examples
from tickets.models import Event, Reaction
from tickets.rules import compiling, engine, keeping

BATCH = 50
MESSAGES = 500
WORDS = ("refund", "broken", "parcel", "invoice", "password", "late", "thank you", "cancel", "size", "colour")


def measured(rules: int) -> dict[str, Any]:
    """Milliseconds a message by batches of 50, without what rules do when they hold; and without any rule."""
    events = _arrived(MESSAGES)
    none = _per_message(events)
    set_up(rules)
    compiling.refresh()
    taken = _per_message(events)
    held = sum(len(found) for start in range(0, MESSAGES, BATCH) for _facts, found in _decided(events, start))
    return {
        "rules": rules,
        "rules_ms": round(statistics.median(taken), 3),
        "rules_ms_p95": round(sorted(taken)[int(len(taken) * 0.95)], 3),
        "no_rules_ms": round(statistics.median(none), 3),
        "rules_held": held,
    }


def _per_message(events: list[int]) -> list[float]:
    found = []
    for _round in range(3):
        for start in range(0, len(events), BATCH):
            begun = time.monotonic()
            _decided(events, start)
            found.append((time.monotonic() - begun) * 1000 / BATCH)
    return found


def _decided(events: list[int], start: int) -> Any:
    rows = Event.objects.select_related("ticket__assignee", "message")
    return engine.decided(rows.filter(pk__in=events[start : start + BATCH]).order_by("id"))


def _arrived(count: int) -> list[int]:
    """Messages of as many customers, through the door; their events."""
    channel = Channel.objects.create(kind=Channel.Kind.EMAIL, address="rules@desk.example", name="Rules")
    texts = [each for each in examples.shipped_examples() if each.language == "en"]
    found = []
    for number in range(count):
        unique = uuid.uuid4().hex
        message = intake.receive(
            InboundMessage(
                channel_id=channel.pk,
                sender=Sender(identity_kind="email", identity=f"writer{number}@mail.example"),
                external_id=f"{unique}@mail.example",
                digest=unique * 2,
                subject=f"Message {number}",
                text=texts[number % len(texts)].text,
                to=("rules@desk.example",),
                language="en",
            )
        )
        found.append(Event.objects.get(message=message, kind=Event.Kind.MESSAGE_RECEIVED).pk)
    Reaction.objects.filter(event__in=found).delete()
    return found


def set_up(count: int) -> None:
    """So many rules of two to four conditions, switched on; few of them ever hold."""
    admin = User.objects.create(email="rules@desk.example", name="Admin", role=User.Role.ADMIN)
    for number in range(count):
        word = WORDS[number % len(WORDS)]
        rows = [
            {"field": "words", "op": "contains", "value": f"{word}, case {number}"},
            {"field": "language", "op": "is", "value": ["en"]},
            {"field": "money", "op": "at_least", "value": 10 * number},
            {"field": "priority", "op": "is_not", "value": ["urgent"]},
        ]
        rule = keeping.make(
            {
                "name": f"Rule {number}",
                "triggers": ["opened", "customer_wrote"],
                "conditions": {"all": rows[: 2 + number % 3]},
                "actions": [{"do": "priority", "value": 3}],
            },
            actor=admin,
        )
        keeping.switch(rule, on=True, actor=admin)
