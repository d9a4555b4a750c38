"""`manage.py learn`: what a worker does each night, in a process of its own since scikit-learn is large."""

from typing import Any

from django.core.management.base import BaseCommand

from tickets.classification import learning


class Command(BaseCommand):
    help = "Learns from the tickets whose kind people have set; puts what is better in use."

    def handle(self, *args: Any, **options: Any) -> None:
        for made in learning.learn():
            state = "in use" if made.is_used else "kept beside"
            self.stdout.write(f"{made.language} {made.version}: {made.figures} of {made.tickets}, {state}")
