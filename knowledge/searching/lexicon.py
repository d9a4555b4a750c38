"""Synonyms: which groups of words that mean the same a text speaks of.

A group counts as a word of its own, "~refund", in every language at once: so a question is also answered by
an article that says it differently, or in another language.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from knowledge.searching import words

SHIPPED = Path(__file__).parent / "synonyms"
SHORTEST_BEGINNING = 2  # letters before a star
Group = tuple[str, str, str]  # name, language, "word, words*, a phrase"


class Lexicon:
    """All groups of synonyms, ready to be found in texts."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._whole: dict[tuple[str, str], set[str]] = {}
        self._beginnings: dict[tuple[str, str], set[str]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
        for name, lang, entries in groups:
            for entry in entries.split(","):
                self._add(f"~{name}", lang, entry)

    def _add(self, group: str, lang: str, entry: str) -> None:
        parts = [words.fold(part) for part in entry.split()]
        if not parts:
            return
        if len(parts) > 1:
            self._phrases.setdefault((lang, _first(parts[0])), []).append((parts, group))
        elif parts[0].endswith("*") and len(parts[0]) > SHORTEST_BEGINNING:
            self._beginnings.setdefault((lang, parts[0][:-1]), set()).add(group)
        else:
            self._whole.setdefault((lang, parts[0].rstrip("*")), set()).add(group)
            self._whole.setdefault((lang, words.stem(parts[0].rstrip("*"), lang)), set()).add(group)

    def of_word(self, word: str, lang: str) -> set[str]:
        """The groups that a folded word is in by itself."""
        found = set(self._whole.get((lang, word), ()))
        for end in range(SHORTEST_BEGINNING, len(word) + 1):
            found |= self._beginnings.get((lang, word[:end]), set())
        return found

    def of_phrases(self, text: list[str], lang: str) -> Iterator[str]:
        """The groups whose phrases stand in these folded words, one after another or with one between."""
        for at, word in enumerate(text):
            for phrase, group in self._phrases.get((lang, word[:2]), ()):
                if _stands(phrase, text, at):
                    yield group

    def knows(self, word: str, lang: str) -> bool:
        """Whether the word is in any group by itself."""
        return bool(self.of_word(word, lang))


def _first(word: str) -> str:
    return word[:2].rstrip("*")


def _stands(phrase: list[str], text: list[str], at: int) -> bool:
    for part in phrase:
        found = next((n for n in range(at, min(at + 2, len(text))) if _fits(part, text[n])), None)
        if found is None:
            return False
        at = found + 1
    return True


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def read(text: str) -> Iterator[Group]:
    """The groups of a file: a line with the name, then a line for each language, then an empty one."""
    name = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            name = ""
        elif not name or line[:3] not in ("en ", "ru ", "hu "):
            name = line.strip()
        else:
            yield name, line[:2], line[3:]


@cache
def shipped() -> tuple[Group, ...]:
    """What comes with the product."""
    return tuple(group for file in sorted(SHIPPED.glob("*.txt")) for group in read(file.read_text()))
