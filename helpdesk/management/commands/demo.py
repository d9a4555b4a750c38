"""`manage.py demo`: a web shop's desk to look around in; `--remove` takes it away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.demo import filling
from tickets import vacancy


class Command(BaseCommand):
    help = "Fills an empty desk with the made-up web shop Tallow & Pine, or removes it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remove", action="store_true", help="erase the demo and all that was added to it"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["remove"]:
                self.remove(sure=options["yes"])
            else:
                filling.fill(self.say)
        except (vacancy.Occupied, filling.NoDemo) as refusal:
            raise CommandError(str(refusal)) from None

    def remove(self, *, sure: bool) -> None:
        if not sure and input("Erase everything on this demo desk? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was removed.")
        filling.remove()
        self.say("The desk is empty. `make run DEMO=0` opens its first-run page.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
