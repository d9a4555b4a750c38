"""Questions after reading as they stand in the form of a procedure: fields named by the question's place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sop.questions import MOST, MOST_ANSWERS


@dataclass(frozen=True)
class Row:
    """A question as it is edited; `answers` are all fields, empty ones with them."""

    place: int
    text: str
    answers: list[str]
    right: int | None
    why: str
    step: str

    @property
    def number(self) -> int:
        return self.place + 1


def posted(data: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The questions as they were typed; None where the form had none."""
    if "questions" not in data:
        return None
    return [_posted(data, f"q{place}-") for place in range(MOST)]


def shown(rows: list[dict[str, Any]]) -> list[Row]:
    """Kept or posted questions, and an empty one after them."""
    kept = [row for row in rows if row.get("text") or any(row.get("answers", ()))]
    kept += [{}] if len(kept) < MOST else []
    return [_row(place, row) for place, row in enumerate(kept)]


def _posted(data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    def field(name: str) -> str:
        return str(data.get(f"{prefix}{name}", "")).strip()

    answers = [field(f"answer{number}") for number in range(MOST_ANSWERS)]
    told = {name: field(name) for name in ("text", "right", "why", "step")}
    return {**told, "answers": answers}


def _row(place: int, row: dict[str, Any]) -> Row:
    answers = [*row.get("answers", ())]
    right = str(row.get("right", ""))
    return Row(
        place,
        row.get("text", ""),
        answers + [""] * (MOST_ANSWERS - len(answers)),
        int(right) if right.isascii() and right.isdigit() else None,
        row.get("why", ""),
        row.get("step", ""),
    )
