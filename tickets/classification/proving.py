"""How good verdicts are on messages that nothing was learned from: kind, priority, whether sure means sure.

The messages of `unseen/` were written without a look at the cues, the signs or the messages to learn from, in
each language other situations. `judged.jsonl` is never learned from.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tickets.classification.examples import Example
from tickets.classification.judging import Verdict, judge
from tickets.classification.keywords import by_keywords
from tickets.classification.training import wilson

STEPS = 10
"""Confidences are put side by side in so many ranges."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    language: str
    messages: int
    right: float
    """The share whose kind was found, sure or not."""
    low: float
    high: float
    """Between these it lies in 19 of 20 cases."""
    by_kind: dict[str, float]
    taken_for: dict[str, dict[str, int]]
    """The right kind → what its messages were taken for."""
    by_keywords: float
    unsure: float
    """The share of verdicts that leave the kind to a person."""
    right_if_sure: float
    said_and_was: list[tuple[float, float, int]]
    """For each range of confidence its mean, the share that was right, and how many messages it had."""
    priority_right: float
    priority_taken_for: dict[str, dict[str, int]]


def prove(examples: Sequence[Example], by: Callable[[str, str], Verdict] = judge) -> Iterator[Proof]:
    """What the shipped models, or other verdicts, make of these messages, language by language."""
    for language in sorted({each.language for each in examples}):
        own = [each for each in examples if each.language == language]
        yield _proof(language, own, [by(each.text, language) for each in own])


def _proof(language: str, own: Sequence[Example], found: Sequence[Verdict]) -> Proof:
    right = [each.answers["kind"] for each in own]
    hits = [verdict.kind == kind for kind, verdict in zip(right, found, strict=True)]
    low, high = wilson(sum(hits), len(hits))
    taken = _taken_for(right, [verdict.kind for verdict in found])
    sure = [hit for hit, verdict in zip(hits, found, strict=True) if verdict.is_sure]
    asked = [each.answers["priority"] for each in own]
    given = [verdict.priority for verdict in found]
    return Proof(
        language=language,
        messages=len(own),
        right=_share(hits),
        low=round(low, 3),
        high=round(high, 3),
        by_kind={kind: round(of[kind] / sum(of.values()), 3) for kind, of in taken.items()},
        taken_for={kind: dict(of) for kind, of in taken.items()},
        by_keywords=_share([by_keywords(each.text, language) == each.answers["kind"] for each in own]),
        unsure=round(1 - len(sure) / len(own), 3),
        right_if_sure=_share(sure),
        said_and_was=list(_said_and_was([verdict.confidence for verdict in found], hits)),
        priority_right=_share([one == other for one, other in zip(asked, given, strict=True)]),
        priority_taken_for={each: dict(of) for each, of in _taken_for(asked, given).items()},
    )


def _taken_for(right: Sequence[str], found: Sequence[str]) -> dict[str, Counter[str]]:
    told: dict[str, Counter[str]] = {each: Counter() for each in sorted(set(right))}
    for one, other in zip(right, found, strict=True):
        told[one][other] += 1
    return told


def _said_and_was(said: Sequence[float], hits: Sequence[bool]) -> Iterator[tuple[float, float, int]]:
    for step in range(STEPS):
        own = [
            (sure, hit)
            for sure, hit in zip(said, hits, strict=True)
            if min(int(sure * STEPS), STEPS - 1) == step
        ]
        if own:
            yield (
                round(sum(sure for sure, _hit in own) / len(own), 2),
                _share([hit for _sure, hit in own]),
                len(own),
            )


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 3) if hits else 0.0
