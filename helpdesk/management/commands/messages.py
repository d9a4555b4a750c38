"""`manage.py messages`: the catalogues of translations, brought up to date with the sources."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from helpdesk import catalogues, translations


class Command(BaseCommand):
    help = "Gathers the texts of the sources into locale/*/django.po and compiles them; needs no gettext."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compile-only", action="store_true", help="leave the .po files as they are")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["compile_only"]:
            self._update()
        for written in translations.compile_changed():
            self.stdout.write(f"compiled {written.relative_to(catalogues.ROOT)}")

    def _update(self) -> None:
        gathered = catalogues.gather()
        for language in catalogues.PLURALS:
            left = catalogues.update(gathered, language)
            self.stdout.write(f"{language}: {len(gathered)} texts, {len(left)} to translate")
