"""A plain keyword rule, for comparison: the kind of which most words stand in a message. Pure."""

import re
import tomllib
from functools import cache
from pathlib import Path

NONE_FOUND = "information"


def by_keywords(text: str, language: str) -> str:
    """The kind with the most words in the text; of equal ones the first, "information" where none stands."""
    low = text.lower()
    found = {kind: len(pattern.findall(low)) for kind, pattern in _patterns(language).items()}
    kind = max(found, key=found.__getitem__, default=NONE_FOUND)
    return kind if found.get(kind) else NONE_FOUND


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    told = tomllib.loads(Path(__file__).with_name("keywords.toml").read_text())
    return {
        kind: re.compile(rf"\b(?:{'|'.join(map(re.escape, words[language]))})")
        for kind, words in told.items()
        if language in words
    }
