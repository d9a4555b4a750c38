"""What a section of the mailbox page is: a title, a template, and mostly a form over some of its settings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app import mailboxes
from channels_app.models import Channel
from helpdesk.accounts.models import User

SECURITY = [("tls", _("TLS")), ("starttls", _("STARTTLS")), ("none", _("None, only inside your own network"))]
KEPT_PASSWORD = _("A password is kept. Leave this empty to keep it.")


class SectionForm(forms.Form):
    """Some settings of a mailbox; forms may be joined by inheriting from several.

    `COLUMNS` are fields of the row, `CONFIG` plain settings, `SECRETS` go in and never come out.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ()
    CONFIG: ClassVar[tuple[str, ...]] = ()
    SECRETS: ClassVar[tuple[str, ...]] = ()
    GUARDED: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Secrets with the server they are for: another server is never given a kept one."""

    def __init__(self, *args: Any, channel: Channel | None = None, **options: Any) -> None:
        self.channel = channel or Channel(kind=Channel.Kind.EMAIL)
        options["initial"] = {**self.kept(), **options.get("initial", {})}
        super().__init__(*args, **options)
        for name in self.names("SECRETS"):
            if name in self.channel.secrets and name in self.fields:
                self.fields[name].help_text = KEPT_PASSWORD

    @classmethod
    def names(cls, kind: str) -> tuple[Any, ...]:
        """The COLUMNS, CONFIG or SECRETS of this form and of those it is joined from."""
        found = (name for form in reversed(cls.__mro__) for name in vars(form).get(kind, ()))
        return tuple(dict.fromkeys(found))

    def kept(self) -> dict[str, Any]:
        """What the fields show before anything is entered; never a secret."""
        if self.channel.pk is None:
            return {}
        config = {
            name: self.channel.config[name] for name in self.names("CONFIG") if name in self.channel.config
        }
        return {**config, **{name: getattr(self.channel, name) for name in self.names("COLUMNS")}}

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for secret, host in self.names("GUARDED"):
            moved = cleaned.get(host) and cleaned[host] != self.channel.config.get(host)
            if moved and self.channel.secrets.get(secret) and not cleaned.get(secret):
                self.add_error(secret, _("The server is another one. Enter the password again."))
        return cleaned

    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names("COLUMNS")}

    def config(self) -> dict[str, Any]:
        """The plain settings that this form sets, ready for JSON."""
        return {name: self.cleaned_data[name] for name in self.names("CONFIG")}

    def secrets(self) -> dict[str, str]:
        """The secrets that were entered; an empty field keeps what there is."""
        given = ((name, self.cleaned_data.get(name)) for name in self.names("SECRETS"))
        return {name: value for name, value in given if value}

    def whole_config(self) -> dict[str, Any]:
        """Every plain setting as it would stand after saving, for trying it out first."""
        return {**self.channel.config, **self.config()}

    def whole_secrets(self) -> dict[str, str]:
        return {**self.channel.secrets, **self.secrets()}

    def save(self, *, actor: User | None = None) -> Channel:
        given: dict[str, Any] = {
            "columns": self.columns(),
            "config": self.config(),
            "secrets": self.secrets(),
        }
        if self.channel.pk is None:
            return mailboxes.connect(**given, actor=actor)
        return mailboxes.change(self.channel, **given, actor=actor)


def nothing(_request: HttpRequest, _channel: Channel) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Section:
    """One tab of the mailbox page, `channels/sections/_<slug>.html`.

    With a form, the page puts it into a `<form>` with a button to keep it; without one, the fragment brings
    its own. `context` adds what the fragment shows.
    """

    slug: str
    title: str | Promise
    form: type[SectionForm] | None = None
    context: Callable[[HttpRequest, Channel], dict[str, Any]] = nothing

    @property
    def template(self) -> str:
        return f"channels/sections/_{self.slug}.html"


def password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, required=False, strip=False, widget=widget)


def port(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=65535, initial=initial)
