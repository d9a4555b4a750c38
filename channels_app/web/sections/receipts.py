"""The receipt that people get when their mail opens a ticket: whether, and what it says in each language."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channels_app import mailboxes
from channels_app.models import Channel
from channels_app.web.sections.base import Section, SectionForm
from helpdesk.accounts.models import User
from tickets.acknowledging import wording

MAX_TEXT = 4000
LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code in wording.DEFAULTS]


def _fields() -> dict[str, forms.Field]:
    """A switch, and for each language when an answer comes, the subject and the text."""
    switch = forms.BooleanField(label=_("Confirm to people that their message has come"), required=False)
    fields: dict[str, forms.Field] = {"acknowledge": switch}
    for code, _name in LANGUAGES:
        usual = wording.DEFAULTS[code]
        fields[f"expected_{code}"] = forms.CharField(
            label=_("When an answer comes"), required=False, max_length=120, initial=usual.expected
        )
        fields[f"subject_{code}"] = forms.CharField(
            label=_("Subject"), required=False, max_length=200, initial=usual.subject
        )
        fields[f"text_{code}"] = forms.CharField(
            label=_("Text"),
            required=False,
            max_length=MAX_TEXT,
            initial=usual.text,
            widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
            help_text=_("{number}, {company}, {expected} and {link} are filled in."),
        )
    return fields


def kept(channel: Channel) -> dict[str, Any]:
    """What the fields show: the mailbox's own words, else the desk's."""
    shown: dict[str, Any] = {"acknowledge": bool(channel.config.get("acknowledge"))}
    for code, _name in LANGUAGES:
        said = wording.of(channel.config, code)[1]
        shown |= {f"{part}_{code}": getattr(said, part) for part in ("expected", "subject", "text")}
    return shown


def config(given: dict[str, Any]) -> dict[str, Any]:
    """The settings that the fields stand for. Words that are the desk's own are not kept twice."""
    receipts: dict[str, dict[str, str]] = {}
    for code, _name in LANGUAGES:
        for part in ("expected", "subject", "text"):
            words = (given.get(f"{part}_{code}") or "").replace("\r\n", "\n").strip()
            if words and words != getattr(wording.DEFAULTS[code], part):
                receipts.setdefault(code, {})[part] = words
    return {"acknowledge": given["acknowledge"], "receipts": receipts}


def check(form: forms.BaseForm) -> None:
    """Placeholders that nothing will be filled into are an error, not a surprise in somebody's mail."""
    for code, _name in LANGUAGES:
        unknown = wording.unknown_in(form.cleaned_data.get(f"text_{code}") or "")
        if unknown:
            told = gettext("Nothing is filled in for {%(name)s}.") % {"name": "}, {".join(unknown)}
            form.add_error(f"text_{code}", told)


FIELDS = _fields()
ReceiptFields: Any = type("ReceiptFields", (forms.Form,), dict(FIELDS))
"""The fields as a form that others inherit from."""


class ReceiptsForm(ReceiptFields, SectionForm):
    def kept(self) -> dict[str, Any]:
        return kept(self.channel)

    def clean(self) -> dict[str, Any]:
        check(self)
        return super().clean()

    def languages(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, under the language's own name."""
        parts = ("expected", "subject", "text")
        return [(code, [self[f"{part}_{code}"] for part in parts]) for code, _name in LANGUAGES]

    def config(self) -> dict[str, Any]:
        return config(self.cleaned_data)

    def save(self, *, actor: User | None = None) -> Channel:
        return mailboxes.change(self.channel, config=self.config(), actor=actor)


SECTION = Section("receipts", _("Receipts"), ReceiptsForm)
