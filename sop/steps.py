"""The steps of a procedure: what may stand in them, and the way through them. Pure.

They are kept as JSON, a list in their order: {"key", "title", "html", "optional", "choices": [{"key", "text",
"to"}], "links": [{"kind", "key"}]}. A step with choices is a decision: `to` is the key of the step that
comes then, "" for the next one, END for none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge import markup

END = "end"
MOST = 60
MOST_CHOICES = 6
MOST_LINKS = 10
LONGEST_TITLE = 200
LONGEST_CHOICE = 120


@dataclass(frozen=True)
class Choice:
    key: str
    text: str
    to: str = ""


@dataclass(frozen=True)
class Link:
    """Something to be read or used with a step; how it is shown is `references`' business."""

    kind: str
    key: str


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    html: str = ""
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def is_decision(self) -> bool:
        return bool(self.choices)

    def choice(self, key: str) -> Choice | None:
        return next((each for each in self.choices if each.key == key), None)


@dataclass(frozen=True)
class Way:
    """The steps that are to be done, as far as decisions are made; `is_whole` when nothing is open."""

    steps: tuple[Step, ...]
    is_whole: bool


def read(rows: Iterable[Mapping[str, Any]]) -> list[Step]:
    """The steps of what `clean` made."""
    return [
        Step(
            row["key"],
            row["title"],
            row.get("html", ""),
            bool(row.get("optional")),
            tuple(Choice(each["key"], each["text"], each.get("to", "")) for each in row.get("choices", ())),
            tuple(Link(each["kind"], each["key"]) for each in row.get("links", ())),
        )
        for row in rows
    ]


def clean(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they may be kept: safe HTML, a key for each, no step without words, no way into nothing."""
    kept: list[dict[str, Any]] = []
    taken: set[str] = set()
    for row in rows:
        step = _cleaned(row)
        if len(kept) < MOST and (step["title"] or step["html"] or step["choices"]):
            step["key"] = _fresh(str(row.get("key") or ""), taken)
            kept.append(step)
    for step in kept:
        for choice in step["choices"]:
            if choice["to"] not in taken | {END}:
                choice["to"] = ""
    return kept


def way(steps: Iterable[Step], chosen: Mapping[str, str]) -> Way:
    """The steps from the first, along what was chosen at decisions, to the first that is not decided.

    A way that would come to a step once more ends there: nobody does the same step twice.
    """
    order = list(steps)
    at = {step.key: place for place, step in enumerate(order)}
    found: list[Step] = []
    place, whole = 0, True
    while place < len(order) and order[place] not in found:
        step = order[place]
        found.append(step)
        choice = step.choice(chosen.get(step.key, ""))
        if step.is_decision and choice is None:
            whole = False
            break
        if choice and choice.to == END:
            break
        place = at.get(choice.to, place + 1) if choice else place + 1
    return Way(tuple(found), whole)


def text(rows: Iterable[Mapping[str, Any]]) -> str:
    """What the steps say, without markup, to be searched."""
    return "\n".join(line for row in rows for line in lines(row) if line)


def lines(row: Mapping[str, Any]) -> list[str]:
    """One step in plain words: its title, its text line by line, its choices."""
    said = [line.strip() for line in markup.text(row.get("html", "")).splitlines()]
    return [row["title"], *filter(None, said), *(f"→ {each['text']}" for each in row.get("choices", ()))]


def _cleaned(row: Mapping[str, Any]) -> dict[str, Any]:
    choices = [
        {"key": "", "text": text[:LONGEST_CHOICE], "to": str(each.get("to") or "")}
        for each in row.get("choices") or ()
        if (text := " ".join(str(each.get("text") or "").split()))
    ][:MOST_CHOICES]
    for place, choice in enumerate(choices, 1):
        choice["key"] = str(place)
    links = [{"kind": each["kind"], "key": str(each["key"])} for each in row.get("links") or ()][:MOST_LINKS]
    return {
        "key": "",
        "title": " ".join(str(row.get("title") or "").split())[:LONGEST_TITLE],
        "html": markup.clean(str(row.get("html") or "")),
        "optional": bool(row.get("optional")),
        "choices": choices,
        "links": links,
    }


def _fresh(key: str, taken: set[str]) -> str:
    """The key it has, if it is one and its own; else the first that is free."""
    if not (key.isascii() and key.isalnum() and len(key) <= 12) or key in taken or key == END:
        key = next(name for number in range(1, 10_000) if (name := f"s{number}") not in taken)
    taken.add(key)
    return key
