"""How mail is fetched."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel, Consenter, Grant, OAuthClient
from channels_app.web import consent
from channels_app.web.sections.base import SECURITY, Section, SectionForm, password, port


class IncomingForm(SectionForm):
    CONFIG: ClassVar[tuple[str, ...]] = (
        "imap_host",
        "imap_port",
        "imap_security",
        "imap_user",
        "imap_folders",
        "since",
    )
    SECRETS = ("imap_password",)
    GUARDED = (("imap_password", "imap_host"),)

    imap_host = forms.CharField(label=_("Server"), max_length=253, required=False)
    imap_port = port(_("Port"), 993)
    imap_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITY, initial="tls")
    imap_user = forms.CharField(label=_("User name"), max_length=254, required=False)
    imap_password = password(_("Password"))
    imap_folders = forms.CharField(
        label=_("Folders to fetch"),
        max_length=500,
        initial="INBOX",
        required=False,
        help_text=_("With commas between them. Junk is only compared, see the proof."),
    )
    since = forms.DateField(
        label=_("Fetch mail from this day on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def kept(self) -> dict[str, Any]:
        kept = super().kept()
        return {**kept, "imap_folders": ", ".join(kept.get("imap_folders") or ["INBOX"])}

    def clean_imap_folders(self) -> list[str]:
        named = [part.strip() for part in self.cleaned_data["imap_folders"].split(",")]
        return list(dict.fromkeys(filter(None, named))) or ["INBOX"]

    def config(self) -> dict[str, Any]:
        day = self.cleaned_data["since"]
        return {**super().config(), "since": day.isoformat() if day else ""}


def context(_request: HttpRequest, channel: Channel) -> dict[str, Any]:
    """How it signs in, where that is by consent."""
    name = consent.provider_of(channel)
    return {
        "provider": Consenter(name) if name else None,
        "registered": OAuthClient.objects.filter(provider=name).exists(),
        "grant": Grant.objects.filter(channel=channel).first(),
        "above": "channels/_consent.html",
    }


SECTION = Section("incoming", _("Coming in"), IncomingForm, context)
