"""`manage.py run`: the whole desk on this machine."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpdesk.embedded import Trouble
from helpdesk.supervisor.desk import Desk
from helpdesk.supervisor.lock import RunsAlready


class Command(BaseCommand):
    help = "Runs the whole desk on this machine: databases, web, workers and mail, until Ctrl-C."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            Desk(self.say).run()
        except (RunsAlready, Trouble) as trouble:
            raise CommandError(str(trouble)) from None

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
