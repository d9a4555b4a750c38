"""`manage.py load_canned_responses`: the starter set of a web shop, in English, Russian and Hungarian."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from knowledge.canned import shipping


class Command(BaseCommand):
    help = "Makes those of the shipped responses that are not there yet; what was changed here stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=shipping.LANGUAGES, default="", help="of their names")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{shipping.load(options['language'])} canned responses made.")
