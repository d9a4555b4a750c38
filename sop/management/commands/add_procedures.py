"""`manage.py add_procedures`: the procedures and situations that ship with the desk."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.accounts.models import User
from sop import starting


class Command(BaseCommand):
    help = "Publishes the starter set of procedures and situations; those that are there already are left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "email", help="the admin or supervisor in whose name it is done, who owns them then"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        leads = User.objects.people().at_work().exclude(role=User.Role.AGENT)
        actor = leads.filter(email=options["email"].strip().lower()).first()
        if actor is None:
            raise CommandError(f"{options['email']} is no admin or supervisor of this desk.")
        self.stdout.write(f"{starting.add(actor=actor)} procedures added.")
