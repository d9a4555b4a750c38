"""The questions in what a customer wrote, and by which words an answer to each could be known. Pure."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MOST = 6
LONGEST = 200
STEM = 5
_SENTENCE = re.compile(r"[^.!?…\n]*[^.!?…\s]\?+")
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
_EMPTY = frozenset(Path(__file__).with_name("empty_words.txt").read_text().split())


class Question(NamedTuple):
    text: str
    stems: list[str]
    """Beginnings of its words; an answer that has none of them likely passes it over."""


def asked(texts: Iterable[str]) -> list[Question]:
    """The questions in these messages, each once, those without any word that says what about left out."""
    found: dict[str, Question] = {}
    for text in texts:
        for sentence in _SENTENCE.findall(text):
            said = " ".join(sentence.split())[:LONGEST]
            if stems := _stems(said):
                found.setdefault(said.casefold(), Question(said, stems))
    return list(found.values())[:MOST]


def _stems(sentence: str) -> list[str]:
    words = (word.casefold().replace("ё", "е") for word in _WORD.findall(sentence))
    return list(dict.fromkeys(word[:STEM] for word in words if word not in _EMPTY))
