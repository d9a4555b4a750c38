"""`manage.py backup FILE.tar`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk import backup
from helpdesk.embedded import Trouble
from helpdesk.supervisor.servers import database_at_hand


class Command(BaseCommand):
    help = "Writes database, files and keys into one file. The desk may be running or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        try:
            with database_at_hand():
                made = backup.write(target)
        except (backup.Refused, Trouble, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{target}: the database, {made['files']} files, {made['keys']} keys.")
        self.stdout.write(f"{made['bytes'] / 1e6:.1f} MB. It holds the keys: keep it as safe as the desk.")
        if settings.S3_BUCKET:
            self.stdout.write(f"Attachments are in the bucket {settings.S3_BUCKET} and not in this file.")
