"""`manage.py classify [FILE]`: what messages want, one JSON object a line, in the order given."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tickets.classification import own
from tickets.classification.judging import NOTHING, Own, judge


class Command(BaseCommand):
    help = 'Reads lines {"id", "text", "lang"?} from FILE or standard input. Only --own asks a server.'
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="else standard input is read")
        parser.add_argument(
            "--own", action="store_true", help="by the phrases and learned models of this desk, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        known = own.refresh() if options["own"] else NOTHING
        lines = path.read_text().split("\n") if path else sys.stdin
        for line in lines:
            if line.strip():
                self.stdout.write(json.dumps(_answer(line, known), ensure_ascii=False))


def _answer(line: str, known: Own) -> dict[str, Any]:
    """The verdict on one line, or what is wrong with the line."""
    try:
        asked = json.loads(line)
        text, key = str(asked["text"]), asked["id"]
    except (ValueError, KeyError, TypeError):
        return {"id": None, "error": 'Not an object with "id" and "text".'}
    found = judge(text, str(asked.get("lang") or asked.get("language") or "")[:2].lower(), known)
    return {
        "id": key,
        "kind": found.kind,
        "priority": found.priority,
        "language": found.language,
        "topic": found.topic,
        "confidence": found.confidence,
        "reasons": [f"“{each.words}” speaks for {each.kind}" for each in found.reasons],
    }
