"""Words that look alike: mistyped, inflected or compound, found by the groups of letters that they share."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from knowledge.searching.slips import apart

CANDIDATES = 30  # words that are looked at letter by letter, when the one asked for is mistyped
FAR = 0.2  # how alike they are at least, by groups of letters
PART = 0.85  # how alike a word is to one that it is wholly a part of
LEAST_PART = 5  # letters of a word that may count as a part
BEGUN = 0.8  # how alike a word is to the beginning of it that is typed so far
LEAST_BEGINNING = 3
SIZES = (2, 3)


class Alike(NamedTuple):
    word: str
    likeness: float


def grams(word: str) -> set[str]:
    """The pairs and triples of letters of a word, its beginning and end marked."""
    marked = f"^{word}$"
    return {marked[at : at + size] for size in SIZES for at in range(len(marked) - size + 1)}


class Vocabulary:
    """The folded words of a collection."""

    def __init__(self, known: Iterable[str]) -> None:
        self._words = [word for word in dict.fromkeys(known) if len(word) > 2 and not word.isdigit()]
        holding: defaultdict[str, list[int]] = defaultdict(list)
        sizes = []
        for at, word in enumerate(self._words):
            own = grams(word)
            sizes.append(len(own))
            for gram in own:
                holding[gram].append(at)
        self._holding = {gram: np.array(found, dtype=np.int32) for gram, found in holding.items()}
        self._in_order = sorted(self._words)
        self._sizes = np.array(sizes, dtype=np.float32)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int32)

    def mistyped(self, word: str, *, least: float, most: int) -> list[Alike]:
        """`alike`, for a word that nobody knows: also words one or two slips away, or that begin with it."""
        found = {each.word: each.likeness for each in self.alike(word, least=FAR, most=CANDIDATES)}
        slips = 1 if len(word) < 6 else 2
        for known in found:
            distance = apart(word, known, slips) if len(word) > 3 else slips + 1
            if distance <= slips:
                found[known] = max(found[known], 0.95 - 0.12 * distance)
        found |= {known: max(found.get(known, 0.0), BEGUN) for known in self._beginning_with(word, most)}
        best = sorted(found.items(), key=lambda each: -each[1])
        return [Alike(*each) for each in best[:most] if each[1] >= least]

    def _beginning_with(self, begun: str, most: int) -> list[str]:
        """The shortest words that begin so."""
        if len(begun) < LEAST_BEGINNING:
            return []
        first, last = (bisect_left(self._in_order, each) for each in (begun, f"{begun}\uffff"))
        return sorted(self._in_order[first:last], key=len)[:most]

    def alike(self, word: str, *, least: float, most: int) -> list[Alike]:
        """Words that share letter groups with this folded one, from `least` (0 to 1) on, the likest first."""
        own = grams(word)
        found = [self._holding[gram] for gram in own if gram in self._holding]
        if len(word) < 3 or not found:
            return []
        shared = np.bincount(np.concatenate(found), minlength=len(self._words)).astype(np.float32)
        likeness = 2 * shared / (self._sizes + len(own))
        shorter = np.minimum(self._sizes, len(own))
        if len(word) >= LEAST_PART:
            inside = PART * np.where(self._lengths >= LEAST_PART, shared / (shorter - 2), 0)
            likeness = np.maximum(likeness, np.where(inside >= PART * 0.9, np.minimum(inside, PART), 0))
        best = np.flatnonzero(likeness >= least)
        best = best[np.argsort(-likeness[best])][:most]
        return [Alike(self._words[at], min(1.0, float(likeness[at]))) for at in best]
