"""`manage.py load_phrases`: the phrase guide that comes with the desk."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledge.phrases import shipping


class Command(BaseCommand):
    help = "Makes those of the shipped pairs that are not there yet; what was changed here stays."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{shipping.load()} pairs of phrases made.")
