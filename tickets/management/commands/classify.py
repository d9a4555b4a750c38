"""`manage.py classify [FILE]`: what messages want, one JSON object a line, in the order given."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from channels_app.adapters.email.language import language_of
from tickets.classification import own
from tickets.classification.judging import CLEARLY, LANGUAGES, NOTHING, Own, guess, judge

LANGUAGE = 2  # letters of it: "hu-HU" is Hungarian
ENOUGH_WORDS = 8


class Unreadable(ValueError):
    """A line that is no object with "id" and "text"."""


class Command(BaseCommand):
    help = (
        'Reads lines {"id", "text", "lang"?} from FILE or standard input and answers each as it comes. A line'
        " that is none is named on standard error, the others are answered; the exit code is 1 then. Only"
        " --own asks a server."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="else standard input is read")
        parser.add_argument(
            "--own", action="store_true", help="by the phrases and learned models of this desk, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = own.refresh() if options["own"] else NOTHING
        path: Path | None = options["file"]
        if path is None:
            wrong = self._answer(sys.stdin.buffer, known)
        else:
            try:
                with path.open("rb") as lines:
                    wrong = self._answer(lines, known)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
        if wrong:
            raise CommandError(f"Lines that were not answered: {wrong}.")

    def _answer(self, lines: Iterable[bytes], known: Own) -> int:
        """Each line answered at once; how many could not be."""
        wrong = 0
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                self.stdout.write(json.dumps(_answer(line, known), ensure_ascii=False))
                self.stdout.flush()
            except Unreadable as error:
                wrong += 1
                self.stderr.write(f"Line {number}: {error}")
        return wrong


def _answer(line: bytes, known: Own) -> dict[str, Any]:
    """The verdict on one line. Raises Unreadable."""
    asked = _read(line)
    given = asked.get("lang") or asked.get("language") or ""
    language = given[:LANGUAGE].lower() if isinstance(given, str) else ""
    found = judge(asked["text"], language or _language(asked["text"]), known)
    return {
        "id": asked["id"],
        "kind": found.kind,
        "priority": found.priority,
        "language": found.language,
        "topic": found.topic,
        "confidence": found.confidence,
        "reasons": [
            *(f"“{each.words}” speaks for {each.kind}" for each in found.reasons),
            *(f"“{each.words}” asks for {each.kind} priority" for each in found.pressing),
        ],
    }


def _language(text: str) -> str:
    """By the detector that mail is read with; for few words it is often wrong, and ours may know better."""
    told = language_of(text)
    if told in LANGUAGES or len(text.split()) >= ENOUGH_WORDS:
        return told
    return guess(text, CLEARLY) or told if told else guess(text)


def _read(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 (byte {error.start + 1}).") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON ({error}).") from error
    if not isinstance(asked, dict) or "id" not in asked:
        raise Unreadable('not an object with "id" and "text".')
    if not isinstance(asked.get("text"), str):
        raise Unreadable(f'"text" of {json.dumps(asked["id"])[:80]} is missing or no string.')
    return asked
