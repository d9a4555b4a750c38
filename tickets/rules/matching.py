"""One condition made into a question: how a value of a ticket is compared with what the rule names. Pure."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from helpdesk.rest.filters import SPAN, UNITS
from tickets.classification.phrases import pattern, plain
from tickets.rules.facts import Facts, Question

Read = Callable[[Facts], Any]
SHORTEST_HINT, LONGEST_HINT = 3, 4
_WORD = re.compile(r"\w+")


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
    hinted = [(hint := _hint(each), hint.isalnum(), each) for each in phrases]

    def holds(facts: Facts) -> bool:
        text = read(facts)
        starts = _starts(text)
        for hint, is_word, each in hinted:
            may = hint in starts if is_word else hint in text
            if may and pattern(each, facts.language).search(text) is not None:
                return True
        return False

    return holds


@lru_cache(maxsize=64)
def _starts(text: str) -> frozenset[str]:
    """The beginnings of its words, as long as a hint may be: a hundred rules ask for theirs."""
    return frozenset(word[:end] for word in _WORD.findall(text) for end in range(1, LONGEST_HINT + 1))


def _hint(phrase: str) -> str:
    """How a word of the text begins, without which a phrase cannot stand there: so does its first word.

    Shorter than any ending that an inflection takes away or makes long.
    """
    first = plain(phrase).split()[0].lstrip("=").rstrip("*")
    return first[: max(min(len(first) - 2, LONGEST_HINT), 0)] if len(first) > SHORTEST_HINT else first[:1]


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
