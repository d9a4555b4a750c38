"""A mailbox as an admin writes it down; its passwords go in and never come out."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from helpdesk.accounts.models import Team

SECURITY = [("tls", _("TLS")), ("starttls", _("STARTTLS")), ("none", _("None, only inside your own network"))]
KEPT_PASSWORD = _("A password is kept. Leave this empty to keep it.")
CONFIG = (
    "imap_host",
    "imap_port",
    "imap_security",
    "imap_user",
    "since",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "smtp_user",
    "plus_addressing",
    "from_name",
)
SECRETS = ("imap_password", "smtp_password")


def _password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, required=False, strip=False, widget=widget)


def _port(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=65535, initial=initial)


class MailboxForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Such as Support or Orders."))
    address = forms.EmailField(label=_("Address"), help_text=_("The address customers write to."))
    aliases = forms.CharField(
        label=_("Further addresses"), required=False, help_text=_("With commas between them.")
    )
    from_name = forms.CharField(label=_("Name in the From line"), max_length=80, required=False)
    team = forms.ModelChoiceField(
        Team.objects.all(), label=_("Team"), required=False, empty_label=_("No team")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Not set")), *settings.LANGUAGES], required=False
    )
    is_active = forms.BooleanField(label=_("Switched on"), required=False, initial=True)

    imap_host = forms.CharField(label=_("Server"), max_length=253, required=False)
    imap_port = _port(_("Port"), 993)
    imap_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITY, initial="tls")
    imap_user = forms.CharField(label=_("User"), max_length=254, required=False)
    imap_password = _password(_("Password"))
    since = forms.DateField(
        label=_("Fetch mail from this day on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    smtp_host = forms.CharField(label=_("Server"), max_length=253, required=False)
    smtp_port = _port(_("Port"), 587)
    smtp_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITY, initial="starttls")
    smtp_user = forms.CharField(label=_("User"), max_length=254, required=False)
    smtp_password = _password(_("Password"))
    plus_addressing = forms.BooleanField(
        label=_("The server takes support+anything@ for support@"), required=False
    )

    def __init__(self, *args: Any, channel: Channel | None = None, **options: Any) -> None:
        self.channel = channel or Channel(kind=Channel.Kind.EMAIL)
        options["initial"] = _initial(self.channel)
        super().__init__(*args, **options)
        for name in SECRETS:
            if name in self.channel.secrets:
                self.fields[name].help_text = KEPT_PASSWORD

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].lower()
        taken = Channel.objects.filter(kind=Channel.Kind.EMAIL, address=address).exclude(pk=self.channel.pk)
        if taken.exists():
            raise forms.ValidationError(_("Another mailbox has this address."))
        return address

    def clean_aliases(self) -> list[str]:
        aliases = [part.strip().lower() for part in self.cleaned_data["aliases"].split(",") if part.strip()]
        for alias in aliases:
            validate_email(alias)
        return aliases

    def config(self) -> dict[str, Any]:
        """The plain settings as they would be kept."""
        given = {name: self.cleaned_data[name] for name in CONFIG}
        given["since"] = given["since"].isoformat() if given["since"] else ""
        return {**self.channel.config, "outgoing": "smtp", **given}

    def secrets(self) -> dict[str, str]:
        """The passwords: the new ones, and the old ones where none was entered."""
        given = {name: self.cleaned_data[name] for name in SECRETS if self.cleaned_data[name]}
        kept: Any = self.channel.secrets
        return {**kept, **given}

    def save(self) -> Channel:
        channel = self.channel
        for name in ("name", "address", "aliases", "team", "language", "is_active"):
            setattr(channel, name, self.cleaned_data[name])
        channel.config = self.config()
        setattr(channel, "secrets", self.secrets())  # noqa: B010  (a text field to Django, a dict to everybody)
        channel.save()
        return channel


def _initial(channel: Channel) -> dict[str, Any]:
    if channel.pk is None:
        return {}
    own = {name: getattr(channel, name) for name in ("name", "address", "team", "language", "is_active")}
    return {**channel.config, **own, "aliases": ", ".join(channel.aliases)}
