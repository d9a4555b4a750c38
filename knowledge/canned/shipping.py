"""The starter set of canned responses: those of a web shop, in English, Russian and Hungarian."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from helpdesk.accounts.models import Company
from knowledge.canned import keeping
from knowledge.canned.models import CannedResponse
from tickets.models import Topic

FOLDER = Path(__file__).parent / "shipped"
LANGUAGES = ("en", "ru", "hu")


class Shipped(NamedTuple):
    """A response as it ships; `titles` and `bodies` by language."""

    key: str
    shortcut: str
    topics: list[str]
    steps: dict[str, object]
    titles: dict[str, str]
    bodies: dict[str, str]


def load(language: str = "") -> int:
    """Make those that are not there yet, for everybody, named in this language or the company's; how many.

    One that was changed here stays as it is, one that was removed comes back. Safe to call twice.
    """
    named = language or Company.load().language
    named = named if named in LANGUAGES else "en"
    topics = {topic.key: topic for topic in Topic.objects.all()}
    there = set(CannedResponse.objects.exclude(origin="").values_list("origin", flat=True))
    taken = CannedResponse.objects.filter(owner=None, team=None).values_list("shortcut", flat=True)
    shortcuts = {each.casefold() for each in taken}
    new = [each for each in shipped() if each.key not in there]
    with transaction.atomic():
        for each in new:
            keeping.make(
                each.titles[named],
                actor=None,
                shortcut="" if each.shortcut in shortcuts else each.shortcut,
                topics=[topics[key] for key in each.topics if key in topics],
                steps=each.steps,
                wordings={lang: {"body": body} for lang, body in each.bodies.items()},
                origin=each.key,
            )
    return len(new)


def shipped() -> Iterator[Shipped]:
    """The responses that come with the desk, in the order of their index."""
    texts = {lang: _texts(lang) for lang in LANGUAGES}
    for line in (FOLDER / "index.txt").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        key, shortcut, topics, *steps = (part.strip() for part in line.split(" | ", 3))
        yield Shipped(
            key=key,
            shortcut=shortcut,
            topics=topics.split(", "),
            steps=json.loads(steps[0]) if steps else {},
            titles={lang: texts[lang][key][0] for lang in LANGUAGES},
            bodies={lang: texts[lang][key][1] for lang in LANGUAGES},
        )


def _texts(lang: str) -> dict[str, tuple[str, str]]:
    """Key → title and body: what stands before the first is put around each."""
    around, *parts = (FOLDER / f"{lang}.txt").read_text().split("\n= ")
    found = {}
    for part in parts:
        head, body = part.split("\n", 1)
        key, title = head.split(" | ")
        found[key] = (title, around.strip().replace("…", body.strip(), 1))
    return found
