"""Which documents hold a term, and how much it says of each (BM25: Robertson and Zaragoza 2009, 3.1)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

K1 = 1.2
B = 0.5


class Posting(NamedTuple):
    documents: np.ndarray  # their places
    weights: np.ndarray
    idf: float


class Postings:
    """The terms of all documents. `counted` gives, for each document, terms with their weighted counts."""

    def __init__(self, counted: Iterable[Mapping[str, float]]) -> None:
        places: defaultdict[str, list[int]] = defaultdict(list)
        counts: defaultdict[str, list[float]] = defaultdict(list)
        lengths = []
        for place, terms in enumerate(counted):
            lengths.append(sum(terms.values()))
            for term, count in terms.items():
                places[term].append(place)
                counts[term].append(count)
        self.size = len(lengths)
        length = np.array(lengths, dtype=np.float32)
        norm = K1 * (1 - B + B * length / max(1.0, float(length.mean()) if lengths else 1.0))
        self._terms = {
            term: self._posting(np.array(found, dtype=np.int32), np.array(counts[term], np.float32), norm)
            for term, found in places.items()
        }
        self.highest_idf = float(np.log(1 + (self.size + 0.5) / 1.5))

    def _posting(self, found: np.ndarray, counts: np.ndarray, norm: np.ndarray) -> Posting:
        idf = float(np.log(1 + (self.size - len(found) + 0.5) / (len(found) + 0.5)))
        return Posting(found, idf * counts / (counts + norm[found]), idf)

    def __contains__(self, term: str) -> bool:
        return term in self._terms

    def idf(self, term: str) -> float:
        """How rare a term is; one that no document holds is the rarest."""
        return self._terms[term].idf if term in self._terms else self.highest_idf

    def best(self, wanted: Mapping[str, float]) -> np.ndarray:
        """For each document the best of these terms, each taken by its weight."""
        out = np.zeros(self.size, dtype=np.float32)
        for term, weight in wanted.items():
            if term in self._terms:
                posting = self._terms[term]
                out[posting.documents] = np.maximum(out[posting.documents], weight * posting.weights)
        return out


def count(fields: Iterable[tuple[Iterable[str], float]]) -> Counter[str]:
    """Terms of the fields of one document, each field by its weight."""
    out: Counter[str] = Counter()
    for terms, weight in fields:
        for term in terms:
            out[term] += weight  # type: ignore[assignment]
    return out
