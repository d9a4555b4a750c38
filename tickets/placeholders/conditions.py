"""{if customer.name}…{else}…{end} in what a colleague writes: one of two texts, by what is known. Pure.

A condition is a name, which holds where it is known, or `name = value`; `not` before it turns it round.
Conditions may stand in one another. What is decided is never read again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

DEEPEST = 5
_MARK = re.compile(r"\{\s*(?:if\s+(?P<test>[^{}]{1,200})|(?P<word>else|end))\s*\}")
_TEST = re.compile(r"(?P<no>not\s+)?(?P<name>[a-z][a-z0-9_.]*)\s*(?:(?:=|\bis\b)\s*(?P<value>.+?))?\s*")


class Malformed(ValueError):
    """A condition that is not closed, or says nothing that can be decided; the words of it."""


@dataclass
class _Level:
    holds: bool
    has_else: bool = False
    parts: list[str] = field(default_factory=list)


def decided(text: str, known: Mapping[str, str]) -> str:
    """The text with one side of each condition. Raises Malformed."""
    levels = [_Level(holds=True)]
    at = 0
    for mark in _MARK.finditer(text):
        _say(levels, text[at : mark.start()])
        at = mark.end()
        _step(levels, mark, known)
    if len(levels) > 1:
        raise Malformed("{if …}")
    _say(levels, text[at:])
    return "".join(levels[0].parts)


def names(text: str) -> list[str]:
    """The names that conditions ask about. Raises Malformed."""
    return [_parsed(mark["test"])[1] for mark in _MARK.finditer(text) if mark["test"]]


def marks(text: str) -> list[str]:
    """The conditions as they are written, without their braces."""
    return [" ".join(mark[0].strip("{} ").split()) for mark in _MARK.finditer(text)]


def _step(levels: list[_Level], mark: re.Match[str], known: Mapping[str, str]) -> None:
    if mark["test"]:
        if len(levels) > DEEPEST:
            raise Malformed(mark[0])
        levels.append(_Level(holds=_holds(mark["test"], known)))
    elif len(levels) == 1 or (mark["word"] == "else" and levels[-1].has_else):
        raise Malformed(mark[0])
    elif mark["word"] == "else":
        levels[-1].has_else, levels[-1].holds = True, not levels[-1].holds
    else:
        done = levels.pop()
        levels[-1].parts += done.parts if levels[-1].holds else []


def _say(levels: list[_Level], words: str) -> None:
    if levels[-1].holds:
        levels[-1].parts.append(words)


def _holds(test: str, known: Mapping[str, str]) -> bool:
    negated, name, value = _parsed(test)
    stands = known.get(name, "")
    holds = bool(stands) if value is None else stands.casefold() == value.casefold()
    return holds != negated


def _parsed(test: str) -> tuple[bool, str, str | None]:
    found = _TEST.fullmatch(test)
    if found is None:
        raise Malformed(test)
    value = found["value"]
    return bool(found["no"]), found["name"], value.strip("\"'“”„«»") if value is not None else None
