"""The procedures and situations that ship with the desk, read from files, added where they are missing.

How the files are written: sop/starter/README.md.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from sop import plaintext, shelves, steps, writing
from sop.models import Chapter, Edition, Limit, Procedure, Remedy, Situation, Wording
from tickets.models import Topic

FOLDER = Path(__file__).parent / "starter"
LANGUAGES = [code for code, _name in settings.SHIPPED_LANGUAGES]
_STEP = re.compile(r"\*(?:\[(?P<key>\w+)\])?(?P<optional>~)? +(?P<title>.+)")
_CHOICE = re.compile(r"\+ +(?P<text>.+?) +> +(?P<to>\w+)")


class BadFile(Exception):
    """A file of the starter set that cannot be read; says where."""


@dataclass
class Shipped:
    """A procedure as it stands in a file: what it fits stands in the English one alone."""

    key: str
    chapter: str
    title: str = ""
    summary: str = ""
    words: str = ""
    fits: dict[str, list[str]] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def add(*, actor: User) -> int:
    """Publish what is not there yet, in all languages, in the actor's name; how many procedures were added.

    What a company has changed or archived meanwhile stays as it is.
    """
    chapters = _chapters()
    missing = [each for each in shipped("en") if each.key not in _known()]
    topics = {topic.key: topic for topic in Topic.objects.all()}
    made: dict[str, Procedure] = {}
    for place, one in enumerate(missing):
        made[one.key] = _made(one, chapters[one.chapter], place, actor)
        made[one.key].topics.set([topics[key] for key in one.fits.get("topics", []) if key in topics])
    _publish(made, actor)
    _situations(topics)
    if made:
        shelves.arrange(*made.values())
    return len(made)


@cache
def shipped(language: str) -> list[Shipped]:
    """What ships in a language, in the order of the categories."""
    found: list[Shipped] = []
    for slug in _outline()["chapter"]:
        path = FOLDER / language / f"{slug}.txt"
        if path.exists():
            found += _read(path, slug)
    return found


def _known() -> set[str | None]:
    return set(Procedure.objects.exclude(key=None).values_list("key", flat=True))


def _made(one: Shipped, chapter: Chapter, place: int, actor: User) -> Procedure:
    today = timezone.localdate()
    months = Procedure._meta.get_field("review_months").get_default()
    return Procedure.objects.create(
        key=one.key,
        chapter=chapter,
        owner=actor,
        kinds=one.fits.get("kinds", []),
        importance=int(one.fits.get("importance", ["1"])[0]),
        review_on=writing.months_later(today, months),
        position=place,
    )


def _publish(made: dict[str, Procedure], actor: User) -> None:
    """All wordings and their first versions, in a few statements."""
    wordings: list[Wording] = []
    for language in LANGUAGES:
        for one in shipped(language):
            if one.key in made:
                told = {"title": one.title, "summary": one.summary, "words": one.words, "steps": one.rows}
                wordings.append(
                    Wording(
                        procedure=made[one.key],
                        language=language,
                        state=Wording.State.PUBLISHED,
                        updated_by=actor,
                        **told,
                    )
                )
    Wording.objects.bulk_create(wordings)
    editions = [
        Edition(
            wording=row,
            number=1,
            title=row.title,
            summary=row.summary,
            words=row.words,
            steps=row.steps,
            author=actor,
        )
        for row in wordings
    ]
    for row, edition in zip(wordings, Edition.objects.bulk_create(editions), strict=True):
        row.published = edition
    Wording.objects.bulk_update(wordings, ["published"])


def _chapters() -> dict[str, Chapter]:
    """The categories by their slug, each below the one it is part of."""
    found: dict[str, Chapter] = {}
    for place, (slug, told) in enumerate(_outline()["chapter"].items()):
        parent = found[told["in"]] if "in" in told else None
        plain = {"names": _names(told), "icon": told.get("icon", "book"), "parent": parent, "position": place}
        found[slug], _new = Chapter.objects.get_or_create(slug=slug, defaults=plain)
    return found


def _situations(topics: dict[str, Topic]) -> None:
    procedures = {each.key: each for each in Procedure.objects.exclude(key=None)}
    for place, (key, told) in enumerate(_outline("situations")["situation"].items()):
        plain = {
            "names": _names(told),
            "about": {language: told["about"][language] for language in LANGUAGES},
            "procedure": procedures.get(told.get("procedure", "")),
            "position": place,
        }
        situation, new = Situation.objects.get_or_create(key=key, defaults=plain)
        if new:
            situation.topics.set([topics[each] for each in told.get("topics", []) if each in topics])
            _remedies(situation, told["remedy"])


def _remedies(situation: Situation, remedies: list[dict[str, Any]]) -> None:
    for place, told in enumerate(remedies):
        words = {language: told[language] for language in LANGUAGES}
        remedy = Remedy.objects.create(situation=situation, kind=told["kind"], words=words, position=place)
        for role in (User.Role.AGENT, User.Role.SUPERVISOR):
            _limits(remedy, role, told.get(role.value))


def _limits(remedy: Remedy, role: User.Role, told: dict[str, Any] | None) -> None:
    """`told` holds amounts by currency and `percent`; {} is without a limit, None is none of theirs."""
    if told is None:
        return
    percent = told.get("percent")
    money = {currency: amount for currency, amount in told.items() if currency != "percent"}
    rows = [Limit(remedy=remedy, role=role, amount=each, currency=name) for name, each in money.items()]
    for row in rows or [Limit(remedy=remedy, role=role)]:
        row.percent = percent
        row.save()


def _names(told: dict[str, Any]) -> dict[str, str]:
    return {language: told[language] for language in LANGUAGES}


@cache
def _outline(name: str = "chapters") -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


def _read(path: Path, chapter: str) -> Iterator[Shipped]:
    for block in ("\n" + path.read_text()).split("\n# ")[1:]:
        head, *lines = block.strip().split("\n")
        key, *fits = (part.strip() for part in head.split("|"))
        if len(lines) < 4 or not lines[2].startswith("~ "):
            raise BadFile(f"{path.name}, {key}: title, summary, and words after ~ stand first.")
        named = (part.partition(":") for part in fits)
        yield Shipped(
            key,
            chapter,
            lines[0],
            lines[1],
            lines[2][2:],
            {name: values.split() for name, _colon, values in named},
            steps.clean(_steps(lines[3:], f"{path.name}, {key}")),
        )


def _steps(lines: list[str], where: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        if found := _STEP.fullmatch(line):
            rows.append(
                {
                    "key": found["key"] or "",
                    "title": found["title"],
                    "optional": bool(found["optional"]),
                    "lines": [],
                    "choices": [],
                }
            )
        elif not rows:
            raise BadFile(f"{where}: a line stands before the first step: {line}")
        elif choice := _CHOICE.fullmatch(line):
            to = "" if choice["to"] == "next" else choice["to"]
            rows[-1]["choices"].append({"text": choice["text"], "to": to})
        else:
            rows[-1]["lines"].append(line)
    return [{**row, "html": plaintext.html(row["lines"])} for row in rows]
