"""From what is known of a ticket to its priority, with the reasons. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.classification.phrases import pattern, plain

LOW, NORMAL, HIGH, URGENT = 1, 2, 3, 4
SOONEST, LATEST = timedelta(minutes=5), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Facts:
    text: str = ""
    language: str = ""
    kind: str = ""
    importance: int = 1
    channel: int | None = None
    anger: int = 0
    judged: str = ""
    money: int = 0
    waits_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    pk: int
    points: int
    kind: str = ""
    words: tuple[str, ...] = ()
    importance: int = 0
    channel: int | None = None
    anger: int = 0
    judged: str = ""
    money: int = 0
    waits: timedelta | None = None

    def holds(self, facts: Facts, now: datetime) -> bool:
        return (
            self.kind in ("", facts.kind)
            and self.importance <= facts.importance
            and self.channel in (None, facts.channel)
            and self.anger <= facts.anger
            and self.judged in ("", facts.judged)
            and self.money <= facts.money
            and self._waits(facts, now)
            and (not self.words or _found(self.words, facts))
        )

    def _waits(self, facts: Facts, now: datetime) -> bool:
        if self.waits is None:
            return True
        return facts.waits_since is not None and now - facts.waits_since >= self.waits


@dataclass(frozen=True, kw_only=True)
class Scale:
    low: int = -20
    high: int = 20
    urgent: int = 50

    def priority(self, points: int) -> int:
        if points >= self.urgent:
            return URGENT
        if points >= self.high:
            return HIGH
        return LOW if points <= self.low else NORMAL


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    points: int
    priority: int
    counted: tuple[tuple[int, int], ...]
    """Criterion and points, of those that hold."""
    due_at: datetime | None
    """When time may change it; None when no criterion looks at time."""


def reckon(facts: Facts, criteria: Sequence[Criterion], scale: Scale, now: datetime) -> Reckoned:
    """The points of all criteria that hold, the priority they make, and when they may be others."""
    counted = tuple((each.pk, each.points) for each in criteria if each.holds(facts, now))
    points = sum(worth for _pk, worth in counted)
    return Reckoned(
        points=points, priority=scale.priority(points), counted=counted, due_at=_due(facts, criteria, now)
    )


def _due(facts: Facts, criteria: Iterable[Criterion], now: datetime) -> datetime | None:
    """The next moment at which a wait grows long enough.

    While nobody waits, or for all that long enough, it is looked at now and then: the wait may begin anew.
    """
    spans = [each.waits for each in criteria if each.waits is not None]
    if not spans:
        return None
    now_and_then = now + min(max(min(spans) / 4, SOONEST), LATEST)
    if facts.waits_since is None:
        return now_and_then
    ahead = [at for span in spans if (at := facts.waits_since + span) > now]
    return min(ahead, default=now_and_then)


def _found(words: tuple[str, ...], facts: Facts) -> bool:
    low = plain(facts.text)
    return any(pattern(each, facts.language).search(low) for each in words)
