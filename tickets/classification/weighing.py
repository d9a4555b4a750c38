"""A learned model at work: how likely each answer is for a set of features, and which of them say so. Pure.

The model is a table: per feature how rare it is, and its weight for each answer (logistic regression over
TF-IDF). So it is read without the library that made it, in a tenth of a millisecond.
"""

import gzip
import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import Self

SHIPPED = Path(__file__).with_name("models")
Row = tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One question, such as the kind: its answers, what speaks for each beforehand, and the weights."""

    answers: tuple[str, ...]
    bias: Row
    rows: dict[str, Row]
    """Feature → its inverse document frequency, and then that times its weight for each answer."""

    def chances(self, names: Collection[str]) -> dict[str, float]:
        """Answer → probability; they add up to 1."""
        known = [*filter(None, map(self.rows.get, names))] or [(0.0,) * (len(self.bias) + 1)]
        rarity, *columns = zip(*known, strict=True)
        length = math.sqrt(sum(map(mul, rarity, rarity))) or 1.0
        scores = [start + sum(column) / length for start, column in zip(self.bias, columns, strict=True)]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        return {answer: power / sum(powers) for answer, power in zip(self.answers, powers, strict=True)}

    def best(self, names: Collection[str]) -> tuple[str, float]:
        """The likeliest answer and its probability."""
        chances = self.chances(names)
        answer = max(chances, key=chances.__getitem__)
        return answer, chances[answer]

    def speaking_for(self, answer: str, names: Collection[str]) -> list[tuple[str, float]]:
        """The features that speak for an answer more than for the others, the strongest first."""
        place = self.answers.index(answer) + 1
        weighed = [(name, self._lead(self.rows[name], place)) for name in names if name in self.rows]
        return sorted((each for each in weighed if each[1] > 0), key=lambda each: -each[1])

    @staticmethod
    def _lead(row: Row, place: int) -> float:
        return row[place] - sum(row[1:]) / (len(row) - 1)


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything learned about one language."""

    version: str
    language: str
    tables: dict[str, Table]
    """Question ("kind", "topic", "priority", "anger") → its table."""

    def dumped(self) -> bytes:
        """The model as it is kept: JSON, packed, the same bytes for the same model."""
        tables = {
            question: {"answers": table.answers, "bias": table.bias, "rows": dict(sorted(table.rows.items()))}
            for question, table in self.tables.items()
        }
        told = {"version": self.version, "language": self.language, "tables": tables}
        return gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)

    @classmethod
    def loaded(cls, packed: bytes) -> Self:
        told = json.loads(gzip.decompress(packed))
        tables = {
            question: Table(
                answers=tuple(table["answers"]),
                bias=tuple(table["bias"]),
                rows={name: tuple(row) for name, row in table["rows"].items()},
            )
            for question, table in told["tables"].items()
        }
        return cls(version=told["version"], language=told["language"], tables=tables)


@cache
def shipped(language: str) -> Model | None:
    """The model that came with the desk, None for a language it does not know. Loaded once a process."""
    path = SHIPPED / f"{language}.json.gz"
    return Model.loaded(path.read_bytes()) if language.isalpha() and path.exists() else None
