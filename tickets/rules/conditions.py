"""Rows of conditions, each checked before it is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from helpdesk.rest.filters import SPAN
from tickets.models import CustomField
from tickets.rules.traits import (
    CHOICE,
    NUMBER,
    PATTERN,
    SPAN_OF,
    TAGS,
    TRAITS,
    WORDS,
    YES_NO,
    Trait,
    of_field,
)

MOST_ROWS = 20
MOST_VALUES = 50
LONGEST = 400
ALL, ANY = "all", "any"
GROUPS = (ALL, ANY)
Row = Mapping[str, Any]
"""{"field", "op", "value"}."""

OPS: dict[str, tuple[str, ...]] = {
    CHOICE: ("is", "is_not"),
    TAGS: ("has_any", "has_all", "has_none"),
    WORDS: ("contains", "lacks"),
    PATTERN: ("is", "is_not"),
    NUMBER: ("at_least", "at_most"),
    SPAN_OF: ("at_least", "at_most"),
    YES_NO: ("is",),
}


class Nonsense(ValueError):
    """A row, or an action, that cannot be; the text says why."""

    def __init__(self, why: str, *, at: str = "", rows: "Mapping[int, Nonsense] | None" = None) -> None:
        super().__init__(why)
        self.at = at
        """Which of several fields it is about: the language of a text, say."""
        self.rows = dict(rows or {})
        """Of many rows, the wrong ones by their place, from 0."""


def trait(name: str, fields: Mapping[str, CustomField]) -> Trait:
    """What this name asks; `fields` are custom fields by their names here (see `own`). Raises Nonsense."""
    if name in TRAITS:
        return TRAITS[name]
    if field := fields.get(name):
        return of_field(name, field)
    raise Nonsense(_("This cannot be asked."))


def sound(given: Mapping[str, Any], fields: Mapping[str, CustomField]) -> dict[str, list[dict[str, Any]]]:
    """The groups as they are kept, without empty ones. Raises Nonsense."""
    if unknown := set(given) - set(GROUPS):
        raise Nonsense(_("There is no “%(name)s”.") % {"name": min(unknown)})
    rows = [(group, row) for group in GROUPS for row in given.get(group) or ()]
    if len(rows) > MOST_ROWS:
        raise Nonsense(_("At most %(most)d conditions.") % {"most": MOST_ROWS})
    kept = each_sound([row for _group, row in rows], lambda row: sound_row(row, fields))
    told = [(group, row) for (group, _row), row in zip(rows, kept, strict=True)]
    groups = {group: [row for where, row in told if where == group] for group in GROUPS}
    return {group: rows for group, rows in groups.items() if rows}


def each_sound(given: Sequence[Any], check: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """All of them as they are kept. Raises Nonsense that says of each wrong one which it is."""
    kept: list[dict[str, Any]] = []
    wrong: dict[int, Nonsense] = {}
    for place, each in enumerate(given):
        try:
            kept.append(check(each))
        except Nonsense as why:
            wrong[place] = why
    if wrong:
        told = _("no. %(place)d: %(why)s") if len(given) > 1 else "%(why)s"
        whole = " ".join(told % {"place": place + 1, "why": why} for place, why in wrong.items())
        raise Nonsense(whole, rows=wrong)
    return kept


def sound_row(row: Any, fields: Mapping[str, CustomField]) -> dict[str, Any]:
    """One row as it is kept. Raises Nonsense."""
    if not isinstance(row, Mapping):
        raise Nonsense(_("A condition has a field, an op and a value."))
    asked = trait(str(row.get("field", "")), fields)
    op = row.get("op")
    if op not in OPS[asked.sort]:
        raise Nonsense(_("Choose from: %(words)s.") % {"words": ", ".join(OPS[asked.sort])})
    return {"field": asked.name, "op": op, "value": _VALUES[asked.sort](asked, row.get("value"))}


def _list(asked: Trait, value: Any) -> list[str]:
    if not isinstance(value, list) or not value or len(value) > MOST_VALUES:
        raise Nonsense(_("Choose one at least."))
    chosen = list(dict.fromkeys(str(each).strip()[:LONGEST] for each in value if str(each).strip()))
    if asked.words is not None and (unknown := set(chosen) - set(asked.words)):
        raise Nonsense(_("There is no “%(name)s”.") % {"name": min(unknown)[:40]})
    if not chosen:
        raise Nonsense(_("Choose one at least."))
    return chosen


def _tags(asked: Trait, value: Any) -> list[str]:
    return sorted({" ".join(each.lower().split()) for each in _list(asked, value)})


def _words(asked: Trait, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Nonsense(_("At most %(most)d letters fit.") % {"most": LONGEST})
    kept = ", ".join(filter(None, (" ".join(part.split()) for part in value.split(","))))
    if not kept:
        raise Nonsense(_("Say which words."))
    return kept


def _number(asked: Trait, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 10**15:
        raise Nonsense(_("A number is wanted."))
    return value


def _yes_no(asked: Trait, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Nonsense(_("Yes or no is wanted."))
    return value


def _span(asked: Trait, value: Any) -> str:
    if not isinstance(value, str) or not SPAN.fullmatch(value):
        raise Nonsense(_("Hours, days or weeks, such as 4h, 3d or 2w."))
    return value


_VALUES: dict[str, Callable[[Trait, Any], Any]] = {
    CHOICE: _list,
    TAGS: _tags,
    WORDS: _words,
    PATTERN: _words,
    NUMBER: _number,
    YES_NO: _yes_no,
    SPAN_OF: _span,
}
