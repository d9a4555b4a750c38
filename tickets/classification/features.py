"""What a text is judged by: words, their beginnings and pairs, parts of words, their places, and cues. Pure.

Words are cut to five letters, which is a stem good enough in inflected languages, and parts of words keep
typing errors and missing accents from hiding one. The last sentence counts by itself: there the wish stands.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tickets.classification.examples import is_bare, unaccented

MOST = 3000
"""Characters that are read: who has not said it by then does not say it."""
STEM = 5
PARTS = (3, 5)
_WORD = re.compile(r"\w+|[?!]")
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


class Seen(NamedTuple):
    """The names of the features of a text, for each cue the words that gave it, and the words by place."""

    names: set[str]
    cues: dict[str, str]
    passages: tuple[list[str], list[str], list[str]]
    """The words of all of it, of the last sentence and of the first."""


def features(text: str, language: str, known: frozenset[str] | None = None) -> Seen:
    """The features of a message; cues only in languages that have them (en, ru, hu).

    With those that a model knows there may be fewer: most parts of words mean nothing to it.
    """
    low = _plain(text)
    sentences = [each for each in _END.split(low) if each.strip()] or [""]
    said = [each for each in sentences if len(each.split()) > 2] or sentences  # not "Thanks, Bob"
    words = _WORD.findall(low)
    last, first = _WORD.findall(said[-1]), _WORD.findall(said[0])
    names = {*words, *_paired(words, "~", far=True), *_paired(last, "$"), *_opening(first)}
    for word in set(words):
        names.update(_parts(word, known))
    names.update(_shape(words, sentences, said))
    cues = dict(_cues(low, len(low) - len(said[-1]), language))
    told = {name: found for name, found in cues.items() if not name.endswith("@end")}
    return Seen(names | set(cues), told, (words, last, first))


def _plain(text: str) -> str:
    low = _ADDRESS.sub(" ", text[:MOST]).lower()
    return low.replace("ё", "е").replace("’", "'").strip()


def _paired(words: list[str], mark: str, *, far: bool = False) -> Iterator[str]:
    stems = [word[:STEM] for word in words]
    yield from (mark + stem for stem in stems)
    yield from (f"{mark}{one} {two}" for one, two in zip(stems, stems[1:], strict=False))
    if far:
        yield from (f"{mark}{one} _ {two}" for one, two in zip(stems, stems[2:], strict=False))


def _opening(words: list[str]) -> Iterator[str]:
    stems = [word[:STEM] for word in words[:4]]
    yield from (f"^{stem}" for stem in stems)
    yield "^" + " ".join(stems[:2])


@lru_cache(maxsize=4096)
def _parts(word: str, known: frozenset[str] | None) -> tuple[str, ...]:
    """Of a word with its ends marked; the same words come again and again."""
    shortest, longest = PARTS
    marked = f"<{word}>"
    sizes = range(shortest, longest + 1)
    parts = ("#" + marked[at : at + size] for size in sizes for at in range(len(marked) - size + 1))
    return tuple(each for each in parts if known is None or each in known)


def _shape(words: list[str], sentences: list[str], said: list[str]) -> Iterator[str]:
    """How long it is, and where it asks or exclaims."""
    yield f"=words {min(len(words) // 6, 10)}"
    yield f"=sentences {min(len(sentences), 6)}"
    asks = sum(each.rstrip().endswith("?") for each in sentences)
    yield f"=asks {min(asks, 2)} {said[0].rstrip().endswith('?')} {said[-1].rstrip().endswith('?')}"
    if "!" in words:
        yield "=exclaims"


def _cues(low: str, last: int, language: str) -> Iterator[tuple[str, str]]:
    """Each cue that is there, and once more with "@end" when it is in the last sentence."""
    plain = is_bare(low, language)
    for name, pattern in patterns(language, plain=plain).items():
        found = pattern.search(low)
        if not found:
            continue
        yield f"@{name}", found.group()
        if found.start() >= last or pattern.search(low, last):
            yield f"@{name}@end", found.group()


@cache
def patterns(language: str, *, plain: bool = False) -> dict[str, re.Pattern[str]]:
    """The cues of a language, {} for one that has none; `plain`: as written without accents."""
    told = tomllib.loads(Path(__file__).with_name("cues.toml").read_text())
    spelt = unaccented if plain else str
    return {name: re.compile(spelt(said[language])) for name, said in told.items() if language in said}
