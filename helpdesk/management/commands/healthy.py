"""`manage.py healthy web|worker`: exit code 0 if the process of this container is at work."""

import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.health.models import Heartbeat
from helpdesk.supervisor import ports


class Command(BaseCommand):
    help = "Tells a container's health check whether its process is at work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=["web", "worker"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["role"] == "web":
            at_work = ports.answers("127.0.0.1", settings.PORT, "/sign-in/")
        else:
            at_work = Heartbeat.objects.fresh().filter(name__startswith=f"{socket.gethostname()}-").exists()
        if not at_work:
            raise CommandError(f"the {options['role']} of this container is not at work")
