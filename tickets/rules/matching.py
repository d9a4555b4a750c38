"""One condition made into a question: how a value of a ticket is compared with what the rule names. Pure."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from helpdesk.rest.filters import SPAN, UNITS
from tickets.classification.phrases import pattern, plain
from tickets.rules.facts import Facts, Question

Read = Callable[[Facts], Any]
SHORTEST_HINT = 3


def question(sort: str, op: str, read: Read, value: Any) -> Question:
    """What `op` asks of what is read. Raises KeyError and ValueError for what cannot be asked."""
    return _MAKERS[sort, op](read, value)


def _is(read: Read, value: Sequence[str]) -> Question:
    wanted = frozenset(value)

    def holds(facts: Facts) -> bool:
        found = read(facts)
        return not wanted.isdisjoint(found) if isinstance(found, list) else found in wanted

    return holds


def _not(made: Question) -> Question:
    return lambda facts: not made(facts)


def _has_any(read: Read, value: Sequence[str]) -> Question:
    wanted = frozenset(value)
    return lambda facts: not wanted.isdisjoint(read(facts))


def _has_all(read: Read, value: Sequence[str]) -> Question:
    wanted = frozenset(value)
    return lambda facts: wanted.issubset(read(facts))


def _contains(read: Read, value: str) -> Question:
    """One of the words or phrases stands there in whatever form."""
    phrases = [part.strip() for part in value.split(",") if part.strip()]
    hinted = [(_hint(each), each) for each in phrases]

    def holds(facts: Facts) -> bool:
        text = read(facts)
        return any(
            hint in text and pattern(each, facts.language).search(text) is not None for hint, each in hinted
        )

    return holds


def _hint(phrase: str) -> str:
    """Letters without which a phrase cannot stand in a text: the beginning of its first word.

    Shorter than any ending that an inflection takes away or makes long.
    """
    first = plain(phrase).split()[0].lstrip("=").rstrip("*")
    return first[: max(min(len(first) - 2, 4), 0)] if len(first) > SHORTEST_HINT else first[:1]


def _like(read: Read, value: str) -> Question:
    """One of these whole, case aside; `*` is anything, and `@shop.example` all who write there."""
    parts = [part.strip().lower() for part in value.split(",") if part.strip()]
    written = [f"*{part}" if part.startswith("@") else part for part in parts]
    found = re.compile("|".join(re.escape(each).replace(r"\*", ".*") for each in written), re.DOTALL)
    return lambda facts: found.fullmatch(read(facts)) is not None


def _at_least(read: Read, value: float | timedelta) -> Question:
    def holds(facts: Facts) -> bool:
        found = read(facts)
        return found is not None and found >= value

    return holds


def _at_most(read: Read, value: float | timedelta) -> Question:
    def holds(facts: Facts) -> bool:
        found = read(facts)
        return found is not None and found <= value

    return holds


def _truth(read: Read, value: bool) -> Question:
    return lambda facts: read(facts) is value


def _span(value: str) -> timedelta:
    match = SPAN.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return timedelta(**{UNITS[match[2]]: int(match[1])})


_MAKERS: dict[tuple[str, str], Callable[[Read, Any], Question]] = {
    ("choice", "is"): _is,
    ("choice", "is_not"): lambda read, value: _not(_is(read, value)),
    ("tags", "has_any"): _has_any,
    ("tags", "has_all"): _has_all,
    ("tags", "has_none"): lambda read, value: _not(_has_any(read, value)),
    ("words", "contains"): _contains,
    ("words", "lacks"): lambda read, value: _not(_contains(read, value)),
    ("pattern", "is"): _like,
    ("pattern", "is_not"): lambda read, value: _not(_like(read, value)),
    ("number", "at_least"): _at_least,
    ("number", "at_most"): _at_most,
    ("span", "at_least"): lambda read, value: _at_least(read, _span(value)),
    ("span", "at_most"): lambda read, value: _at_most(read, _span(value)),
    ("yes_no", "is"): _truth,
}
