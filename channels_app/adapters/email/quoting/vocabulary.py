"""The words of words.toml, in the shapes that the readers ask for."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("words.toml")
_HEADER_ROLES = ("from", "date", "to", "copy", "subject", "other")


@cache
def _languages() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def phrases(kind: str) -> frozenset[str]:
    """All phrases of a kind, in every language."""
    return frozenset(low(phrase) for words in _languages().values() for phrase in words.get(kind, ()))


def low(words: str) -> str:
    """In lower case, with one kind of apostrophe and without the dot that a Turkish capital leaves behind."""
    words = words.lower()
    return words if words.isascii() else words.replace("\u0307", "").replace("’", "'")


@cache
def header_roles() -> dict[str, frozenset[str]]:
    """Name of a header field in any language → what it may stand for ("de" is a sender, "data" a date)."""
    found: dict[str, set[str]] = {}
    for role in _HEADER_ROLES:
        for name in phrases(role):
            found.setdefault(name, set()).add(role)
    return {name: frozenset(roles) for name, roles in found.items()}


@cache
def anywhere(kind: str) -> re.Pattern[str]:
    """Finds a phrase of a kind that begins a word, in lower-case text; in writing without spaces anywhere."""
    spaced, joined = _alternatives(kind)
    return re.compile(f"(?<![^\\W_])(?:{spaced})|{joined}" if joined else f"(?<![^\\W_])(?:{spaced})")


@cache
def whole_words(kind: str) -> re.Pattern[str]:
    """The same, but where there are spaces whole words only."""
    spaced, joined = _alternatives(kind)
    return re.compile(
        f"(?<![^\\W_])(?:{spaced})(?![^\\W_])|{joined}" if joined else f"(?<![^\\W_])(?:{spaced})(?![^\\W_])"
    )


def _alternatives(kind: str) -> tuple[str, str]:
    longest_first = sorted(phrases(kind), key=lambda phrase: (-len(phrase), phrase))
    joined = [re.escape(phrase) for phrase in longest_first if phrase[0] >= "\u2e80"]
    spaced = [re.escape(phrase) for phrase in longest_first if phrase[0] < "\u2e80"]
    return "|".join(spaced), "|".join(joined)
