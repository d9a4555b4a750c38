"""What words speak for by their sense, also those that stood in no message that was learned from. Pure.

A word is cut into pieces that a language model knows. When a model is trained, each piece has a vector there
(`vectors`), and what is learned about vectors becomes a few numbers for each piece: so a word that nobody
wrote yet speaks for what similar words speak for. To classify takes no vectors, only those numbers.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy

LONGEST = 16
"""Letters of a piece."""
BEGINS = "▁"
"""Before a piece that begins a word."""
PLACES = 3
"""The whole message, its last sentence and its first: the same words speak otherwise there."""
_FINEST = 127
Row = tuple[float, ...]


def cut(word: str, known: Mapping[str, int]) -> tuple[int, ...]:
    """A word as the longest pieces that are known, from its beginning; what is none is left out."""
    marked, found, at = BEGINS + word, [], 0
    while at < len(marked):
        end = min(len(marked), at + LONGEST)
        while end > at and marked[at:end] not in known:
            end -= 1
        if end > at:
            found.append(known[marked[at:end]])
        at = max(end, at + 1)
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Senses:
    """For each piece what it adds to the score of each answer, in each of the places."""

    pieces: tuple[str, ...]
    numbers: bytes
    """From -127 to 127: for each piece one for each answer in each place."""
    units: Row
    """What 1 is worth in each column."""

    def scores(self, passages: Sequence[Sequence[str]]) -> list[float]:
        """What the words of the three places say for each answer: the mean over their pieces, added up."""
        total = numpy.zeros(len(self.units))
        each = len(self.units) // PLACES
        for place, words in enumerate(passages):
            pieces = [piece for word in words for piece in self._cut(word)]
            if pieces:
                columns = slice(place * each, (place + 1) * each)
                total[columns] = self._rows[pieces, columns].mean(axis=0)
        return [float(score) for score in (total * self.units).reshape(PLACES, each).sum(axis=0)]

    @cached_property
    def _rows(self) -> Any:
        return numpy.frombuffer(self.numbers, dtype=numpy.int8).reshape(len(self.pieces), len(self.units))

    @cached_property
    def _cut(self) -> Any:
        known = {piece: place for place, piece in enumerate(self.pieces)}
        return lru_cache(maxsize=8192)(lambda word: cut(word, known))

    @classmethod
    def of(cls, pieces: Sequence[str], scores: Any) -> Self:
        """Rounded to what a byte holds."""
        units = numpy.abs(scores).max(axis=0) / _FINEST
        units[units == 0] = 1.0
        return cls(
            pieces=tuple(pieces),
            numbers=numpy.round(scores / units).astype(numpy.int8).tobytes(),
            units=tuple(round(float(unit), 6) for unit in units),
        )

    def dumped(self) -> dict[str, Any]:
        packed = base64.b64encode(self.numbers).decode()
        return {"pieces": " ".join(self.pieces), "units": self.units, "numbers": packed}

    @classmethod
    def loaded(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            pieces=tuple(told["pieces"].split(" ")),
            numbers=base64.b64decode(told["numbers"]),
            units=tuple(told["units"]),
        )
