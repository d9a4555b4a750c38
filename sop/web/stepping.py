"""Steps as they stand in the form: fields named by the step's place, and what its buttons do to the order.

Every button is a submit button: the page works without scripts, and nothing typed is lost by pressing one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from knowledge import markup
from knowledge.models import Translation
from sop import plaintext, steps
from sop.steps import END, MOST_CHOICES

SPARE_CHOICES = 2


@dataclass(frozen=True)
class Row:
    """A step as it is edited: its prefix in the form, what stands in it, where its decisions may lead."""

    place: int
    key: str
    title: str
    html: str
    plain: str
    optional: bool
    choices: list[dict[str, str]]
    article: str
    response: str
    links: str
    """All links as they travel through the form: "article:12 response:late"."""

    @property
    def mode(self) -> str:
        """What tells its editor from others on the page."""
        return f"s{self.place}"

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def is_decision(self) -> bool:
        return any(each["text"] for each in self.choices)


def posted(data: Mapping[str, Any], kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as they were typed, in their order, over those that were kept so far."""
    count = str(data.get("steps", ""))
    number = min(int(count), steps.MOST + 1) if count.isascii() and count.isdigit() else 0
    known = {row["key"]: row.get("html", "") for row in kept}
    return [_posted(data, f"s{place}-", known) for place in range(number)]


def moved(rows: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    """What a button does: "add:3" puts a new step there, "up:3", "down:3", "remove:3" what they say."""
    what, _colon, where = act.partition(":")
    place = int(where) if where.isascii() and where.isdigit() else -1
    rows = list(rows)
    if what == "add":
        fresh = {"key": "", "title": _("New step"), "html": "", "choices": [], "links": []}
        rows.insert(min(max(place, 0), len(rows)), fresh)
    elif 0 <= place < len(rows):
        row = rows.pop(place)
        if what != "remove":
            rows.insert(max(0, place + {"up": -1, "down": 1}.get(what, 0)), row)
    return rows


def shown(rows: list[dict[str, Any]]) -> list[Row]:
    """Kept or posted rows, ready for the form."""
    return [_row(place, row) for place, row in enumerate(rows)]


def targets(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Where a decision may lead: value and label."""
    named = [
        (row["key"], _("%(number)d. %(title)s") % {"number": number, "title": row["title"]})
        for number, row in enumerate(rows, 1)
        if row.get("key")
    ]
    return [("", _("the next step")), *named, (END, _("the end"))]


def articles() -> list[tuple[str, str]]:
    """What a step may link to: id and title of each article, in English where there is that."""
    rows = Translation.objects.exclude(published=None).order_by("language", "title")
    titles: dict[int, str] = {}
    for row in rows.only("article_id", "language", "title"):
        titles.setdefault(row.article_id, row.title)
    return sorted(((str(pk), title) for pk, title in titles.items()), key=lambda each: each[1].lower())


def _posted(data: Mapping[str, Any], prefix: str, known: dict[str, str]) -> dict[str, Any]:
    def field(name: str) -> str:
        return str(data.get(f"{prefix}{name}", ""))

    choices = [
        {"text": field(f"choice{number}"), "to": field(f"to{number}")} for number in range(MOST_CHOICES)
    ]
    kept = [pair for pair in field("links").split() if ":" in pair]
    links = [{"kind": kind, "key": key} for kind, _c, key in (pair.partition(":") for pair in kept)]
    for kind in ("article", "response"):
        if f"{prefix}{kind}" in data:
            links = [each for each in links if each["kind"] != kind]
            links += [{"kind": kind, "key": field(kind)}] if field(kind).isdecimal() else []
    return {
        "key": field("key"),
        "title": field("title"),
        "html": _html(field("html"), field("body"), known.get(field("key"), "")),
        "optional": bool(field("optional")),
        "choices": choices,
        "links": links,
    }


def _html(html: str, body: str, before: str) -> str:
    """What the editor made; where there was none, and what it was given comes back, the plain text."""
    untouched = markup.clean(html) == before
    if html and not (untouched and body.split() != markup.text(before).split()):
        return html
    return plaintext.html(body.replace("\r\n", "\n").split("\n"))


def _row(place: int, row: dict[str, Any]) -> Row:
    choices = [{"text": each["text"], "to": each.get("to", "")} for each in row.get("choices", [])]
    choices = [each for each in choices if each["text"]]
    empty = min(MOST_CHOICES - len(choices), SPARE_CHOICES)
    html = row.get("html", "")
    linked = {each["kind"]: each["key"] for each in reversed(row.get("links", []))}
    return Row(
        place,
        row.get("key", ""),
        row["title"],
        html,
        markup.text(html),
        bool(row.get("optional")),
        [*choices, *({"text": "", "to": ""} for _each in range(empty))],
        linked.get("article", ""),
        linked.get("response", ""),
        " ".join(f"{each['kind']}:{each['key']}" for each in row.get("links", [])),
    )
