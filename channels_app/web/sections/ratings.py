"""The question how it went: whether customers are asked, when, and in what words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channels_app import mailboxes
from channels_app.models import Channel
from channels_app.web.sections.base import Section, SectionForm
from helpdesk.accounts.models import User
from tickets.inviting import noting, wording

MAX_TEXT = 4000
MOST_HOURS = 14 * 24
LANGUAGES = [code for code, _name in settings.LANGUAGES if code in wording.DEFAULTS]
PARTS = ("subject", "text")


class RatingsForm(SectionForm):
    """A switch, a delay, and the words in each language; the desk's own are not kept twice."""

    invite_to_rate = forms.BooleanField(
        label=_("Ask customers how their request was handled"), required=False
    )
    invite_after_hours = forms.IntegerField(
        label=_("Hours after it was resolved"), min_value=0, max_value=MOST_HOURS, initial=noting.HOURS
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code in LANGUAGES:
            said = wording.of(self.channel.config, code)[1]
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), required=False, max_length=200, initial=said.subject
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"),
                required=False,
                max_length=MAX_TEXT,
                initial=said.text,
                widget=forms.Textarea(attrs={"rows": 9, "lang": code}),
                help_text=_("{number} and {company} are filled in; {good}, {fair} and {bad} are the links."),
            )

    def kept(self) -> dict[str, Any]:
        config = self.channel.config
        return {
            "invite_to_rate": bool(config.get("invite_to_rate")),
            "invite_after_hours": noting.hours(self.channel),
        }

    def clean(self) -> dict[str, Any]:
        for code in LANGUAGES:
            text = self.cleaned_data.get(f"text_{code}") or ""
            unknown, missing = wording.troubles_of(text)
            if unknown:
                told = gettext("Nothing is filled in for {%(name)s}.") % {"name": "}, {".join(unknown)}
                self.add_error(f"text_{code}", told)
            elif text and missing:
                told = gettext("The link {%(name)s} has to stand in it.") % {"name": "}, {".join(missing)}
                self.add_error(f"text_{code}", told)
        return super().clean()

    def languages(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, under the language's own name."""
        return [(code, [self[f"{part}_{code}"] for part in PARTS]) for code in LANGUAGES]

    def config(self) -> dict[str, Any]:
        own: dict[str, dict[str, str]] = {}
        for code in LANGUAGES:
            for part in PARTS:
                words = (self.cleaned_data.get(f"{part}_{code}") or "").replace("\r\n", "\n").strip()
                if words and words != getattr(wording.DEFAULTS[code], part):
                    own.setdefault(code, {})[part] = words
        given = {name: self.cleaned_data[name] for name in ("invite_to_rate", "invite_after_hours")}
        return {**given, "invitations": own}

    def save(self, *, actor: User | None = None) -> Channel:
        return mailboxes.change(self.channel, config=self.config(), actor=actor)


SECTION = Section("ratings", _("Ratings"), RatingsForm)
