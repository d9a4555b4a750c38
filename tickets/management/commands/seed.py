"""`manage.py seed --tickets N --messages M`: a large desk in a vacant database, for measuring."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tickets import vacancy
from tickets.seeding import filling, staff


class Command(BaseCommand):
    help = "Fills a vacant desk with made-up tickets of three languages, in one transaction."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tickets", type=int, default=100_000)
        parser.add_argument("--messages", type=int, help="in all; three for each ticket unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        tickets = options["tickets"]
        messages = options["messages"] or tickets * 3
        started = time.monotonic()
        try:
            filling.fill(tickets, messages, self.say)
        except (vacancy.Occupied, ValueError) as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        self.say(f"{tickets:,} tickets, {messages:,} messages in {time.monotonic() - started:.0f} s.")
        self.say(f"Sign in as admin@desk.example or agent00@desk.example, password: {staff.PASSWORD}")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
