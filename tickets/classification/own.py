"""What this desk judges by beyond what ships, read from its tables and kept for a few seconds a process."""

import time
from dataclasses import dataclass, field

from tickets.classification.judging import NOTHING, Own
from tickets.classification.phrases import Phrase
from tickets.classification.weighing import Model
from tickets.models import LearnedModel, Ticket, Topic, WeighedPhrase

SECONDS = 10.0
"""How long a worker may judge by what was changed meanwhile."""


@dataclass
class _Kept:
    own: Own = NOTHING
    until: float = 0.0
    models: dict[int, Model] = field(default_factory=dict)
    """Unpacked models by their row, so that one is read once a process."""


_kept = _Kept()


def known() -> Own:
    """The desk's phrases and the models in use; as it was up to ten seconds ago."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept.own


def refresh() -> Own:
    """Read the tables now."""
    rows = LearnedModel.objects.filter(is_used=True).values_list("id", "language")
    used = {language: pk for pk, language in rows}
    _kept.models = {pk: _kept.models.get(pk) or _unpacked(pk) for pk in used.values()}
    _kept.own = Own(
        models={language: _kept.models[pk] for language, pk in used.items()},
        phrases=tuple(phrases()),
        topics=frozenset(Topic.objects.filter(is_active=True).values_list("key", flat=True)),
    )
    _kept.until = time.monotonic() + SECONDS
    return _kept.own


def phrases() -> list[Phrase]:
    """The phrases that are switched on, one for each thing they speak for."""
    rows = WeighedPhrase.objects.filter(is_active=True).select_related("topic")
    return [each for row in rows for each in of(row)]


def of(row: WeighedPhrase) -> list[Phrase]:
    """What a phrase of the company speaks for: one for each question that it answers."""
    told = {
        "kind": row.kind,
        "topic": row.topic.key if row.topic and row.topic.is_active else "",
        "priority": Ticket.Priority(row.priority).name.lower() if row.priority else "",
    }
    return [
        Phrase(words=row.words, language=row.language, question=question, answer=answer, weight=row.weight)
        for question, answer in told.items()
        if answer
    ]


def _unpacked(pk: int) -> Model:
    return Model.loaded(bytes(LearnedModel.objects.values_list("packed", flat=True).get(pk=pk)))
