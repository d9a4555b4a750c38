"""The pairs that come with the desk, in English, Russian and Hungarian."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from knowledge.phrases import keeping
from knowledge.phrases.models import PhrasePair

FOLDER = Path(__file__).parent / "shipped"
LANGUAGES = ("en", "ru", "hu")


class Shipped(NamedTuple):
    language: str
    avoid: str
    prefer: str
    why: str
    context: str

    @property
    def origin(self) -> str:
        return f"{self.language}: {self.avoid.splitlines()[0]}"[:60]


def load() -> int:
    """Make those that are not there yet; how many. What was changed here stays. Safe to call twice."""
    there = set(PhrasePair.objects.exclude(origin="").values_list("origin", flat=True))
    new = [each for each in shipped() if each.origin not in there]
    with transaction.atomic():
        for each in new:
            keeping.make(actor=None, origin=each.origin, **each._asdict())
    return len(new)


def shipped() -> Iterator[Shipped]:
    """The pairs that come with the desk, language by language."""
    for language in LANGUAGES:
        for line in (FOLDER / f"{language}.txt").read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                avoid, prefer, why, context = line.split(" => ")
                yield Shipped(language, _lines(avoid), _lines(prefer), why.strip(), context.strip())


def _lines(written: str) -> str:
    return "\n".join(each.strip() for each in written.split("|"))
