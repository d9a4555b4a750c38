"""What differs between two texts, line by line and word by word. Pure; for versions of what is published."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SAME, GONE, NEW = "same", "gone", "new"
Kind = Literal["same", "gone", "new"]
ALIKE = 0.4  # from here on a line counts as changed, not as one gone and another come
CONTEXT = 1  # unchanged lines that are shown beside a change
_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """A line with what changed in it; `is_left_out` stands for unchanged ones that are not shown."""

    pieces: tuple[Piece, ...] = ()
    is_left_out: bool = False

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """All changed lines with those beside them, in order; [] when nothing differs."""
    found = list(_all(before, after))
    near = {
        place + off
        for place, line in enumerate(found)
        if line.is_changed
        for off in range(-CONTEXT, CONTEXT + 1)
    }
    if not near:
        return []
    shown: list[Line] = []
    for place, line in enumerate(found):
        if place in near:
            shown.append(line)
        elif not shown or not shown[-1].is_left_out:
            shown.append(Line(is_left_out=True))
    return shown


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """One line as it was and is, in words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(old[i:j])))
        else:
            found += [Piece("gone", text) for text in ["".join(old[i:j])] if text]
            found += [Piece("new", text) for text in ["".join(new[k:m])] if text]
    return tuple(found)


def _all(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Line((Piece("same", line),)) for line in before[i:j])
        else:
            yield from _changed(before[i:j], after[k:m])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that stand for one another are shown as one; the rest is gone, or new."""
    left = list(old)
    for line in new:
        like = max(left, key=lambda each: _likeness(each, line), default=None)
        if like is None or _likeness(like, line) < ALIKE:
            yield Line((Piece("new", line),))
            continue
        while (first := left.pop(0)) != like:
            yield Line((Piece("gone", first),))
        yield Line(pieces(like, line))
    yield from (Line((Piece("gone", line),)) for line in left)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
