"""`manage.py restore FILE.tar`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk import backup
from helpdesk.embedded import Trouble
from helpdesk.supervisor.lock import RunsAlready
from helpdesk.supervisor.servers import database_at_hand


class Command(BaseCommand):
    help = "Replaces this desk by a backup: database, files and keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="throw away what this desk has in it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with database_at_hand(alone=True):
                found = backup.restore(options["file"], force=options["force"])
        except (backup.Refused, Trouble, RunsAlready, OSError) as error:
            raise CommandError(str(error)) from error
        held = f"{found.users} people, {found.tickets} tickets, {found.files} files"
        self.stdout.write(f"Restored as of {found.made}: {held}.")
        if found.waiting:
            self.stdout.write(f"{found.waiting} deliveries were waiting then; they go out at the next start.")
        self.stdout.write("Mail that has arrived since is fetched again. Start the desk as usual.")
