"""A letter as text and as a page: what the page knows of its words is told to the lines of the text."""

import re

from channels_app.adapters.email.quoting.lines import Line

REACH = 60  # words looked ahead for where the two go on together

_WORD = re.compile(r"\w+")
_LINK = re.compile(r"https?://\S+|\[?(?:cid|mailto):\S+")


def carry(known: list[Line], told: list[Line]) -> None:
    """Gives `told` the hints of `known`, line by line, by the words they share."""
    if not any(line.cited or line.indented or line.signed or line.opens for line in known):
        return
    shared: dict[int, list[int]] = {}
    for told_line, known_line in _pairs(_words(told), _words(known)):
        shared.setdefault(told_line, []).append(known_line)
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


def _words(lines: list[Line]) -> list[tuple[str, int]]:
    return [
        (word, number)
        for number, line in enumerate(lines)
        for word in _WORD.findall(_LINK.sub(" ", line.words).lower())
    ]


def _pairs(mine: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> list[tuple[int, int]]:
    """Lines of both that share a word, in order; what only one of them has is stepped over."""
    pairs, i, j = [], 0, 0
    while i < len(mine) and j < len(theirs):
        if mine[i][0] == theirs[j][0]:
            pairs.append((mine[i][1], theirs[j][1]))
            i, j = i + 1, j + 1
            continue
        skip = _meeting(mine, theirs, i, j)
        i, j = i + skip[0], j + skip[1]
    return pairs


def _meeting(mine: list[tuple[str, int]], theirs: list[tuple[str, int]], i: int, j: int) -> tuple[int, int]:
    """How many words to skip on both sides until two words in a row agree again."""
    for reach in range(1, REACH):
        for a in range(reach + 1):
            b = reach - a
            if _agree(mine, theirs, i + a, j + b):
                return a, b
    return 1, 1


def _agree(mine: list[tuple[str, int]], theirs: list[tuple[str, int]], i: int, j: int) -> bool:
    if i >= len(mine) or j >= len(theirs) or mine[i][0] != theirs[j][0]:
        return False
    if i + 1 >= len(mine) or j + 1 >= len(theirs):
        return True
    return mine[i + 1][0] == theirs[j + 1][0]
