"""A text tried out: what the desk would make of it, and how it came to that. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.classification import weighing
from tickets.classification.features import features
from tickets.classification.judging import Own, Verdict, judge
from tickets.classification.languages import guess
from tickets.classification.phrases import Found, found_in, weighed


@dataclass(frozen=True, kw_only=True)
class Tried:
    verdict: Verdict
    chances: Sequence[tuple[str, int, int]]
    """Kind, percent by the model alone, percent with the phrases; the likeliest first."""
    found: Sequence[Found]


def tried(text: str, language: str, own: Own) -> Tried:
    """The verdict on a text with the chances of each kind and the phrases that stand in it."""
    language = language or guess(text)
    verdict = judge(text, language, own)
    found = list(found_in(text, language, own.phrases))
    model = own.models.get(language) or weighing.shipped(language)
    alone = model.weigh(features(text, language)).chances("kind") if model else {}
    together = weighed(alone, found, "kind") if alone else {}
    rows = [(kind, round(alone.get(kind, 0) * 100), round(share * 100)) for kind, share in together.items()]
    return Tried(verdict=verdict, chances=sorted(rows, key=lambda row: -row[2]), found=found)
