"""What stands around an answer: number, line to write above, and a letter in each language."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channels_app.adapters.email.letterhead import PARTS, PLACEHOLDERS
from channels_app.web.sections.base import Section, SectionForm
from helpdesk.accounts.models import Company

TITLES = {"header": _("Above the text"), "signature": _("Signature"), "footer": _("Below everything")}
LONGEST = 4000


class LettersForm(SectionForm):
    """The plain settings, and three parts of a letter for each language of the desk."""

    CONFIG: ClassVar[tuple[str, ...]] = ("subject_number", "reply_line", "quote")

    subject_number = forms.BooleanField(
        label=_("The number of the ticket stands in the subject"),
        required=False,
        initial=True,
        help_text=_("Some mail programs begin a new thread when a subject changes."),
    )
    reply_line = forms.BooleanField(
        label=_("Answers begin with “Please write your answer above this line”"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        usual = Company.load().get_quote_display()
        as_usual = gettext("As everywhere: %(usual)s") % {"usual": usual}
        self.fields["quote"] = forms.ChoiceField(
            label=_("Quoted below a reply"),
            required=False,
            choices=[("", as_usual), *Company.Quote.choices],
            initial=self.initial.get("quote", ""),
            help_text=_("Never more than its recipients were party to."),
        )
        letters = self.channel.config.get("letters") or {}
        for language, _name in settings.LANGUAGES:
            for part in PARTS:
                self.fields[f"{language}_{part}"] = forms.CharField(
                    label=TITLES[part],
                    required=False,
                    max_length=LONGEST,
                    initial=letters.get(language, {}).get(part, ""),
                    widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
                )

    @property
    def languages(self) -> Iterator[tuple[str, list[forms.BoundField], bool]]:
        """(name of the language, its three fields, whether anything is written there)."""
        for language, name in settings.LANGUAGES:
            fields = [self[f"{language}_{part}"] for part in PARTS]
            yield name, fields, any(field.value() or field.errors for field in fields)

    @property
    def placeholders(self) -> list[str]:
        return [f"{{{name}}}" for name in PLACEHOLDERS]

    def config(self) -> dict[str, Any]:
        letters = {
            language: {part: text for part in PARTS if (text := self._written(language, part))}
            for language, _name in settings.LANGUAGES
        }
        return {
            **super().config(),
            "letters": {language: parts for language, parts in letters.items() if parts},
        }

    def _written(self, language: str, part: str) -> str:
        return self.cleaned_data[f"{language}_{part}"].replace("\r\n", "\n").strip()


SECTION = Section("letters", _("Letters"), LettersForm)
