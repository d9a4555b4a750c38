"""`manage.py serve web|worker|beat|mail`: one kind of process, as a container runs it."""

import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from helpdesk.supervisor import ports, prepare, stopping
from helpdesk.supervisor.crew import Crew, until_told_to_stop


class Command(BaseCommand):
    help = "Runs processes of one kind on the servers that DATABASE_URL and REDIS_URL name, until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=["web", "worker", "beat", "mail"])

    def handle(self, *args: Any, **options: Any) -> None:
        stopping.listen()
        crew = Crew(self.stderr.write, prefix=f"{socket.gethostname()}-")
        try:
            prepare.preload()
            self.start(crew, options["role"])
            until_told_to_stop(crew.tend)
        except KeyboardInterrupt:
            stopping.insist()
        finally:
            crew.close()

    def start(self, crew: Crew, role: str) -> None:
        if role == "web":
            crew.web(ports.listen(settings.BIND, settings.PORT, tries=1))
        else:
            {"worker": crew.worker, "beat": crew.beat, "mail": crew.mail}[role]()
