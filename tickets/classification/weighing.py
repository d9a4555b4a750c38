"""A learned model at work: how likely each answer is for a set of features, and which of them say so. Pure.

The model is a table: per feature how rare it is, and its weight for each answer (logistic regression over
TF-IDF). So it is read without the library that made it, in a tenth of a millisecond.
"""

import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import add
from pathlib import Path
from typing import Any, Self

import numpy

from tickets.classification.features import Seen
from tickets.classification.senses import Senses

SHIPPED = Path(__file__).with_name("models")
Row = tuple[float, ...]
Passages = Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One question, such as the kind: its answers, what speaks for each beforehand, and the weights."""

    answers: tuple[str, ...]
    bias: Row
    rows: dict[str, Row]
    """Feature → its inverse document frequency, and then that times its weight for each answer."""
    senses: Senses | None = None

    def shares(self, sums: Iterable[float], length: float, passages: Passages) -> dict[str, float]:
        """The probabilities for these sums of weights of a text of this length, and what its words mean."""
        scores = [start + each / length for start, each in zip(self.bias, sums, strict=True)]
        if self.senses:
            scores = [*map(add, scores, self.senses.scores(passages))]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return {answer: power / total for answer, power in zip(self.answers, powers, strict=True)}

    def dumped(self) -> dict[str, Any]:
        told = {"answers": self.answers, "bias": self.bias, "rows": dict(sorted(self.rows.items()))}
        return told | ({"senses": self.senses.dumped()} if self.senses else {})

    @classmethod
    def loaded(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            answers=tuple(told["answers"]),
            bias=tuple(told["bias"]),
            rows={name: tuple(row) for name, row in told["rows"].items()},
            senses=Senses.loaded(told["senses"]) if "senses" in told else None,
        )


class Weighed:
    """The features of one text on the scales of a model, all its questions at once.

    The same numbers as those of its tables, side by side: to look up and add hundreds of rows for each
    question in Python takes five times as long.
    """

    def __init__(self, scales: "Scales", seen: Seen) -> None:
        self._scales, self._passages = scales, seen.passages
        place = scales.places.get
        known = [(name, at) for name in seen.names if (at := place(name)) is not None]
        self.names = [name for name, _at in known]
        places = [at for _name, at in known]
        self._rows = scales.numbers[numpy.array(places, dtype=numpy.intp)]
        self._total = self._rows.sum(axis=0)

    def chances(self, question: str) -> dict[str, float]:
        """Answer → probability; they add up to 1."""
        table, columns = self._scales.tables[question], self._scales.columns[question]
        *sums, squares = self._total[columns].tolist()
        return table.shares(sums, math.sqrt(squares) or 1.0, self._passages)

    def best(self, question: str) -> str:
        """The likeliest answer."""
        chances = self.chances(question)
        return max(chances, key=chances.__getitem__)

    def speaking_for(self, question: str, answer: str) -> list[str]:
        """The features that speak for an answer more than for the others, the strongest first."""
        table, columns = self._scales.tables[question], self._scales.columns[question]
        weights = self._rows[:, columns][:, :-1]
        leads = weights[:, table.answers.index(answer)] - weights.mean(axis=1)
        order = numpy.argsort(-leads, kind="stable")[: int((leads > 0).sum())]
        return [self.names[place] for place in order.tolist()]


class Scales:
    """All tables of a model as one: each feature has its weights for every answer to every question."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        names = list(dict.fromkeys(name for table in tables.values() for name in table.rows))
        self.tables = tables
        self.places = {name: place for place, name in enumerate(names)}
        self.columns: dict[str, slice] = {}
        self.numbers = numpy.zeros((len(names), sum(len(table.bias) + 1 for table in tables.values())))
        start = 0
        for question, table in tables.items():
            end = start + len(table.bias) + 1
            self.columns[question], start = slice(start, end), end
            rows = numpy.array([*table.rows.values()]).reshape(len(table.rows), len(table.bias) + 1)
            places = [self.places[name] for name in table.rows]
            self.numbers[places, self.columns[question]] = numpy.roll(rows, -1, axis=1)
            self.numbers[places, end - 1] **= 2  # the rarity comes last: only its square is asked for


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything learned about one language."""

    version: str
    language: str
    tables: dict[str, Table]
    """Question ("kind", "topic", "priority", "anger") → its table."""

    def weigh(self, seen: Seen) -> Weighed:
        return Weighed(self._scales, seen)

    @cached_property
    def known(self) -> frozenset[str]:
        """The features that any of the tables weighs."""
        return frozenset(self._scales.places)

    @cached_property
    def _scales(self) -> Scales:
        return Scales(self.tables)

    def dumped(self) -> bytes:
        """The model as it is kept: JSON, packed, the same bytes for the same model."""
        tables = {question: table.dumped() for question, table in self.tables.items()}
        told = {"version": self.version, "language": self.language, "tables": tables}
        return gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)

    @classmethod
    def loaded(cls, packed: bytes) -> Self:
        told = json.loads(gzip.decompress(packed))
        tables = {question: Table.loaded(table) for question, table in told["tables"].items()}
        return cls(version=told["version"], language=told["language"], tables=tables)


@cache
def shipped(language: str) -> Model | None:
    """The model that came with the desk, None for a language it does not know. Loaded once a process."""
    path = SHIPPED / f"{language}.json.gz"
    return Model.loaded(path.read_bytes()) if language.isalpha() and path.exists() else None
