"""`manage.py train_classifier`: makes the models that ship with the desk, and tells how good they are."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tickets.classification import examples, proving, training, weighing


class Command(BaseCommand):
    help = "Learns from the messages in tickets/classification/messages and writes models/. Asks no server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--measure", action="store_true", help="only tell how good they would be")
        parser.add_argument(
            "--prove", action="store_true", help="only tell what the shipped ones make of unseen/judged.jsonl"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prove"]:
            self.stdout.write(json.dumps([asdict(proof) for proof in proving.prove(examples.unseen())]))
            return
        shipped = examples.shipped_examples()
        if options["measure"]:
            self.stdout.write(json.dumps([asdict(figure) for figure in training.measure(shipped)]))
            return
        weighing.SHIPPED.mkdir(exist_ok=True)
        for language in examples.LANGUAGES:
            model = training.train(shipped, language)
            (weighing.SHIPPED / f"{language}.json.gz").write_bytes(model.dumped())
            self.stdout.write(f"{language}: {model.version}")
