"""Signs that a message cannot wait: danger, theft, standstill, deadlines, pressure, law, money. Pure.

Customers seldom write of such things, so a model that learns from examples hardly meets them: they are told
in `urgency.toml`. What only asks or proposes is not raised by them ("what if it starts smoking?").
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tickets.classification.examples import is_bare, unaccented
from tickets.classification.phrases import plain

ORDER = ("low", "normal", "high", "urgent")
MOST = 3000
CLEAR = 0.6
"""From this confidence on a question or a proposal is nothing else."""
_TIMELY = "deadline"
_CALM, _YIELDING = "calm", ("deadline", "pressure")


class Sign(NamedTuple):
    words: str
    """As the message has them, in lower case."""
    least: str
    """The priority that a message with it has at least."""
    name: str = ""
    """That of `urgency.toml`."""


def signs(text: str, language: str) -> list[Sign]:
    """The signs in a text, the most pressing first; none in a language without any."""
    low = plain(text[:MOST])
    found = list(_found(low, language))
    is_calm = any(name == _CALM for name, _sign in found)
    kept = [sign for name, sign in found if name != _CALM and not (is_calm and name in _YIELDING)]
    return sorted(kept, key=lambda sign: -ORDER.index(sign.least))


def raised(priority: str, kind: str, confidence: float, found: Sequence[Sign]) -> str:
    """The priority that was judged, raised to what the signs ask for; somebody in trouble is never low.

    A proposal waits, unless it was judged to be more than usual; a question does not wait beyond its day.
    """
    if kind == "suggestion" and confidence >= CLEAR:
        return "low" if priority == "normal" else priority
    if kind == "information" and confidence >= CLEAR:
        found = [sign for sign in found if sign.name == _TIMELY]
    least = ["normal"] if kind in ("support", "complaint") else []
    return max([priority, *least, *(sign.least for sign in found)], key=ORDER.index)


def _found(low: str, language: str) -> Iterator[tuple[str, Sign]]:
    bare = is_bare(low, language)
    for name, (least, pattern) in _patterns(language, bare=bare).items():
        if hit := pattern.search(low):
            yield name, Sign(hit.group(), least, name)


@cache
def _patterns(language: str, *, bare: bool) -> dict[str, tuple[str, re.Pattern[str]]]:
    """`bare`: as they are written without accents."""
    spelt = unaccented if bare else str
    told = tomllib.loads(Path(__file__).with_name("urgency.toml").read_text())
    return {
        name: (said["least"], re.compile(spelt(said[language])))
        for name, said in told.items()
        if language in said
    }
