"""A few questions about a version, answered after reading it: what they may be, and what was answered. Pure.

They are kept as JSON: [{"key", "text", "answers": [text], "right": place, "why", "step"}]. `step` is the key
of the step that says so, "" for none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 5
MOST_ANSWERS = 4
LONGEST = 300
LONGEST_ANSWER = 200


class Unfinished(Exception):
    """A question without two answers, or without the right one; its number is the argument."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class Question:
    key: str
    text: str
    answers: tuple[str, ...]
    right: int
    why: str = ""
    step: str = ""


@dataclass(frozen=True)
class Graded:
    """A question with what was answered: the place of an answer, None for none."""

    question: Question
    given: int | None

    @property
    def is_right(self) -> bool:
        return self.given == self.question.right


def read(rows: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The questions of what `clean` made."""
    return [
        Question(
            row["key"],
            row["text"],
            tuple(row["answers"]),
            row["right"],
            row.get("why", ""),
            row.get("step", ""),
        )
        for row in rows
    ]


def clean(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they may be kept; one without any words is left out. Raises Unfinished."""
    kept: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        text = _line(row.get("text"), LONGEST)
        given = [_line(each, LONGEST_ANSWER) for each in row.get("answers", ())][:MOST_ANSWERS]
        if not text and not any(given):
            continue
        right = _place(row.get("right"), len(given))
        if not text or sum(map(bool, given)) < 2 or right is None or not given[right]:
            raise Unfinished(number)
        answers = [each for each in given if each]
        place = sum(map(bool, given[:right]))
        told = {"why": _line(row.get("why"), LONGEST), "step": _line(row.get("step"), 12)}
        kept.append({"key": f"q{len(kept) + 1}", "text": text, "answers": answers, "right": place, **told})
    return kept[:MOST]


def graded(questions: Sequence[Question], answers: Mapping[str, str]) -> list[Graded]:
    """Each question with the answer to it, by its key."""
    return [Graded(each, _place(answers.get(each.key), len(each.answers))) for each in questions]


def _line(text: Any, longest: int) -> str:
    return " ".join(str(text or "").split())[:longest]


def _place(given: Any, count: int) -> int | None:
    text = str(given if given is not None else "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:4]) < count else None
