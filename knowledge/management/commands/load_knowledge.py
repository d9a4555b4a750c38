"""`manage.py load_knowledge FILE.jsonl`: articles into a collection of their own, replacing what it held."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge import collections, loading
from knowledge.models import Collection

PATIENCE = 90  # seconds to make vectors in; the workers make the rest


class Command(BaseCommand):
    help = (
        'Reads lines {"id", "lang", "title", "body", "topic"} from FILE, or "-" for standard input. '
        "An empty file takes the collection away: searching asks the desk's own articles again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--collection", default=Collection.LOADED, help="its name")

    def handle(self, *args: Any, **options: Any) -> None:
        path, name = options["file"], options["collection"][:60]
        began = time.monotonic()
        try:
            text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
            count = collections.replace(name, loading.read(text.split("\n")))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from error
        except loading.BadLine as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if not count:
            collections.remove(name)
        collections.understand(until=began + PATIENCE)
        left = collections.not_understood(name)
        self.stdout.write(f"{name}: {count} articles in {time.monotonic() - began:.1f} s.")
        if left:
            self.stdout.write(f"{left} are found by their words alone until the workers have read them.")
