"""Messages with what people said about them: those that ship, to learn from and to judge by."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MESSAGES = Path(__file__).with_name("messages")
UNSEEN = Path(__file__).with_name("unseen")
QUESTIONS = ("kind", "topic", "priority", "anger")
LANGUAGES = ("en", "ru", "hu")
HURRIED = {"hu": re.compile("[áéíóöőúüű]", re.IGNORECASE)}
"""Languages that people in a hurry write without accents, and the letters that they leave out then."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message as it was written, and what people said about it."""

    situation: str
    """What happened to its writer: messages of one situation never stand on both sides of a test."""
    language: str
    text: str
    answers: dict[str, str]
    """Question → the right answer, where it is known."""
    is_copy: bool = False
    """Made of another, to learn from: nothing is measured by it."""


def shipped_examples(folder: Path = MESSAGES) -> list[Example]:
    """The messages to learn from: most in three languages, some in one, Hungarian ones also unaccented."""
    told = [each for path in sorted(folder.glob("*.jsonl")) for each in _told(path)]
    return [*told, *unseen("learned"), *_unaccented([*told, *unseen("learned")])]


def _told(path: Path) -> Iterator[Example]:
    for told in map(json.loads, path.read_text().splitlines()):
        answers = {question: str(told[question]) for question in QUESTIONS}
        for language in LANGUAGES:
            yield Example(
                situation=told["situation"], language=language, text=told[language], answers=answers
            )


def unseen(name: str = "judged") -> list[Example]:
    """Half of the messages written to judge by; "learned" are those that are learned from by now."""
    return [
        Example(
            situation=told["situation"],
            language=told["language"],
            text=told["text"],
            answers={"kind": told["kind"], "priority": told["priority"]},
        )
        for told in map(json.loads, (UNSEEN / f"{name}.jsonl").read_text().splitlines())
    ]


def _unaccented(examples: list[Example]) -> Iterator[Example]:
    for each in examples:
        text = unaccented(each.text) if each.language in HURRIED else each.text
        if text != each.text:
            yield replace(each, text=text, is_copy=True)


def is_bare(text: str, language: str) -> bool:
    """Whether a text has no accent in a language that has them."""
    return language in HURRIED and not HURRIED[language].search(text)


def unaccented(text: str) -> str:
    """With "ö" as "o": what a keyboard without the letters of the language makes of it."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )
