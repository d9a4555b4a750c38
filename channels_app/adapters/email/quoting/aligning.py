"""A letter as text and as a page: what the page knows of its words is told to the lines of the text."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from channels_app.adapters.email.quoting.lines import Line
from channels_app.messages import Fold

REACH = 60  # words looked ahead for where the two go on together

_WORD = re.compile(r"\w+")
_LINK = re.compile(r"https?://\S+|\[?(?:cid|mailto):\S+")


class Word(NamedTuple):
    """A word of a line; `start` and `end` are its place in the whole text."""

    word: str
    line: int
    start: int
    end: int


def carry(known: list[Line], told: list[Line]) -> None:
    """Gives `told` the hints of `known`, line by line, by the words they share."""
    if not any(line.cited or line.indented or line.signed or line.opens for line in known):
        return
    shared: dict[int, list[int]] = {}
    for mine, theirs in _pairs(_words(told), _words(known)):
        shared.setdefault(mine.line, []).append(theirs.line)
    for number, others in shared.items():
        _hint(told[number], [known[other] for other in others])
    _openings(known, told, shared)


def _hint(line: Line, others: list[Line]) -> None:
    half = len(others) / 2
    line.cited = line.cited or sum(other.cited for other in others) > half
    line.indented = sum(other.indented for other in others) > half
    line.signed = sum(other.signed for other in others) > half


def _openings(known: list[Line], told: list[Line], shared: dict[int, list[int]]) -> None:
    """Where something opens: the first line of the text that shares words with the page's line."""
    begun: set[int] = set()
    for number in sorted(shared):
        for other in shared[number]:
            if known[other].opens and other not in begun:
                begun.add(other)
                told[number].opens = told[number].opens or known[other].opens


def folds(known: list[Line], kinds: Sequence[str], told: list[Line]) -> Iterator[Fold]:
    """The folds of `known` as stretches of words of `told`, for a text that has lost its lines."""
    pairs = _pairs(_words(told), _words(known))
    for kind, run in groupby(pairs, key=lambda pair: kinds[pair[1].line]):
        words = [mine for mine, _theirs in run]
        if kind:
            yield Fold(words[0].start, _behind(told, words[-1]), kind)


def _behind(told: list[Line], last: Word) -> int:
    """The end of a word with the full stop or bracket that follows it."""
    line = told[last.line]
    rest = line.raw[last.end - line.start :]
    return last.end + len(rest) - len(rest.lstrip(".,:;!?)]>\"'»“”"))


def _words(lines: list[Line]) -> list[Word]:
    return [
        Word(found[0].lower(), number, line.start + found.start(), line.start + found.end())
        for number, line in enumerate(lines)
        for found in _WORD.finditer(_LINK.sub(lambda link: " " * len(link[0]), line.raw))
    ]


def _pairs(mine: list[Word], theirs: list[Word]) -> list[tuple[Word, Word]]:
    """Words that both have, in order; what only one of them has is stepped over."""
    pairs, i, j = [], 0, 0
    while i < len(mine) and j < len(theirs):
        if mine[i].word == theirs[j].word:
            pairs.append((mine[i], theirs[j]))
            i, j = i + 1, j + 1
            continue
        skip = _meeting(mine, theirs, i, j)
        i, j = i + skip[0], j + skip[1]
    return pairs


def _meeting(mine: list[Word], theirs: list[Word], i: int, j: int) -> tuple[int, int]:
    """How many words to skip on both sides until two words in a row agree again."""
    for reach in range(1, REACH):
        for a in range(reach + 1):
            b = reach - a
            if _agree(mine, theirs, i + a, j + b):
                return a, b
    return 1, 1


def _agree(mine: list[Word], theirs: list[Word], i: int, j: int) -> bool:
    if i >= len(mine) or j >= len(theirs) or mine[i].word != theirs[j].word:
        return False
    if i + 1 >= len(mine) or j + 1 >= len(theirs):
        return True
    return mine[i + 1].word == theirs[j + 1].word
