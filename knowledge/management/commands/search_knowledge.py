"""`manage.py search_knowledge`: questions as lines of JSON in, the ten best answers to each out, in order."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge import collections
from knowledge.models import Collection


class Command(BaseCommand):
    help = (
        'Reads lines {"id", "query", "lang"} from standard input; prints {"id", "hits": [{"id", "score"}]}.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--collection", default="", help="else the loaded one, or the desk's own articles where none is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["collection"]
        if name and not collections.holds(name):
            raise CommandError(f'There is no collection "{name}".')
        if not name:
            loaded = collections.holds(Collection.LOADED)
            name = Collection.LOADED if loaded else Collection.ARTICLES
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(json.dumps(_answer(name, line), ensure_ascii=False))


def _answer(name: str, line: str) -> dict[str, Any]:
    """The best answers to one line, or what is wrong with the line."""
    try:
        asked = json.loads(line)
        key, question = asked["id"], str(asked["query"])
    except (ValueError, KeyError, TypeError):
        return {"id": None, "hits": [], "error": 'Not an object with "id" and "query".'}
    hits = collections.search(name, question, str(asked.get("lang") or "")[:2].lower())
    return {"id": key, "hits": [{"id": hit.id, "score": hit.score} for hit in hits]}
