"""`manage.py explain_mail [--attachments DIR] FILE…`: what the desk understands of mails."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from channels_app.adapters.email import explaining


class Command(BaseCommand):
    help = "Prints one JSON object for each raw mail, a line each, in the order given. Asks no server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a raw mail (RFC 5322)")
        parser.add_argument("--attachments", type=Path, metavar="DIR", help="write each file to DIR/<sha256>")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            self.stdout.write(json.dumps(explaining.explain_file(path, options["attachments"])))
