"""How fast a mailbox sends, and whether by its server or through a provider's API."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.adapters.email.relays import RELAYS
from channels_app.web.sections.base import Section, SectionForm, password

WAYS = [("smtp", _("The outgoing server")), *((name, relay.title) for name, relay in RELAYS.items())]
_KNOWN = sorted({region for relay in RELAYS.values() for region in relay.regions})
REGIONS = [("", _("The usual one")), *((region, region) for region in _KNOWN)]
FASTEST = 100_000


class ProviderForm(SectionForm):
    CONFIG: ClassVar[tuple[str, ...]] = (
        *("outgoing", "provider_region", "provider_domain", "mails_a_minute", "system_mail"),
    )
    SECRETS = ("provider_key", "provider_second_key")

    outgoing = forms.ChoiceField(label=_("Mail goes out by"), choices=WAYS, initial="smtp")
    provider_key = password(_("Key of the provider"))
    provider_second_key = password(_("Second key, for Amazon SES and Mailjet"))
    provider_region = forms.ChoiceField(label=_("Region"), choices=REGIONS, required=False)
    provider_domain = forms.CharField(
        label=_("Sending domain at Mailgun"),
        max_length=253,
        required=False,
        help_text=_("Empty: the domain of the mailbox."),
    )
    mails_a_minute = forms.IntegerField(
        label=_("Mails a minute at most"),
        min_value=1,
        max_value=FASTEST,
        required=False,
        help_text=_("Empty: as fast as they are taken. A person's reply goes before everything automatic."),
    )
    system_mail = forms.BooleanField(
        label=_("The desk's own mail (sign-in links, alarms) goes out here"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        relay = RELAYS.get(cleaned.get("outgoing", ""))
        if relay is None:
            return cleaned
        is_another = self.channel.config.get("outgoing") != cleaned["outgoing"]
        for secret in ("provider_key", *(["provider_second_key"] if relay.second_key else [])):
            if not cleaned.get(secret) and (is_another or not self.channel.secrets.get(secret)):
                self.add_error(secret, _("%(provider)s wants this key.") % {"provider": relay.title})
        region = cleaned.get("provider_region")
        if region and region not in relay.regions:
            self.add_error(
                "provider_region", _("%(provider)s has no such region.") % {"provider": relay.title}
            )
        return cleaned


SECTION = Section("provider", _("Provider"), ProviderForm)
