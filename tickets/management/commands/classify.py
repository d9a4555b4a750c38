"""`manage.py classify [FILE]`: what messages want, one JSON object a line, in the order given."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from channels_app.adapters.email import html, plaintext, quoting
from channels_app.adapters.email.language import language_of
from tickets.classification import languages, own
from tickets.classification.judging import NOTHING, Own, Verdict, judge

LANGUAGE = 2  # letters of it: "hu-HU" is Hungarian, "hun" as well
LONGEST = 12_000
"""Characters that are looked at of one text."""
_CODE = re.compile(r"[A-Za-z]{2,}(?:[-_]\w+)*")
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|div|p|br|span|table|tr|td|ul|ol|li|b|i|strong|em|a|h[1-6])\b[^<>]*>", re.I
)


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
                self.stdout.write(_answer(line, known))
                self.stdout.flush()
            except Unreadable as error:
                wrong += 1
                self.stderr.write(f"Line {number}: {error}")
        return wrong


def _answer(line: bytes, known: Own) -> str:
    """The verdict on one line, as a line. Raises Unreadable."""
    asked = _read(line)
    text, language = _words(asked["text"]), _code(asked)
    found = judge(text, language or languages.tell(text, language_of(text)), known)
    told = {
        "id": asked["id"],
        "kind": found.kind,
        "priority": found.priority,
        "language": found.language,
        "topic": found.topic,
        "confidence": found.confidence,
        "reasons": list(_reasons(found, text)),
    }
    try:
        answer = json.dumps(told, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable('"id" is nothing that can be said in JSON.') from error
    return answer if answer.isascii() or _is_text(answer) else json.dumps(told)


def _is_text(answer: str) -> bool:
    """Whether it has no half of a pair of surrogates, which no UTF-8 can say."""
    return not any("\ud800" <= letter <= "\udfff" for letter in answer)


def _words(text: str) -> str:
    """What its writer says in it: of a page its words, of a letter no quotation and no signature."""
    text = text[:LONGEST].encode("utf-8", "replace").decode()
    if _TAG.search(text) and not html.is_too_deep(text):
        text = plaintext.text_of(html.clean(text))
    if "\n" not in text.strip():
        return text
    return quoting.fold(text).visible_text.strip() or text


def _code(asked: dict[str, Any]) -> str:
    """The language that was told, "" for none. Raises Unreadable for what is no code of one."""
    given = asked.get("lang") or asked.get("language") or ""
    if given and not (isinstance(given, str) and _CODE.fullmatch(given.strip())):
        raise Unreadable(f'"lang" of {_named(asked["id"])} is no code of a language, such as "en".')
    return str(given).strip()[:LANGUAGE].lower()


def _reasons(found: Verdict, text: str) -> Iterator[str]:
    if not found.kind:
        yield "nothing was learned of its language" if text.strip() else "it has no words"
    yield from (f"“{each.words}” speaks for {each.kind}" for each in found.reasons)
    yield from (f"“{each.words}” asks for {each.kind} priority" for each in found.pressing)


def _named(key: Any) -> str:
    return json.dumps(key)[:80]


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
        raise Unreadable(f'"text" of {_named(asked["id"])} is missing or no string.')
    return asked
