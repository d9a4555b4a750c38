"""What a mailbox is called, whose it is, and which addresses it has."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from channels_app.web.sections.base import Section, SectionForm
from helpdesk.accounts.models import Team


class AddressForm(SectionForm):
    """An address that no other mailbox has."""

    address = forms.EmailField(label=_("Address"), help_text=_("The address customers write to."))

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].lower()
        taken = Channel.objects.filter(kind=Channel.Kind.EMAIL, address=address).exclude(pk=self.channel.pk)
        if taken.exists():
            raise forms.ValidationError(_("Another mailbox has this address."))
        return address


class GeneralForm(AddressForm):
    COLUMNS = ("name", "address", "aliases", "team", "language", "is_active")

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Such as Support or Orders."))
    aliases = forms.CharField(
        label=_("Further addresses"), required=False, help_text=_("With commas between them.")
    )
    team = forms.ModelChoiceField(
        Team.objects.all(), label=_("Team"), required=False, empty_label=_("No team")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Not set")), *settings.LANGUAGES], required=False
    )
    is_active = forms.BooleanField(label=_("Switched on"), required=False, initial=True)

    def kept(self) -> dict[str, Any]:
        kept = super().kept()
        return {**kept, "aliases": ", ".join(kept["aliases"])} if "aliases" in kept else kept

    def clean_aliases(self) -> list[str]:
        aliases = [part.strip().lower() for part in self.cleaned_data["aliases"].split(",") if part.strip()]
        for alias in aliases:
            validate_email(alias)
        return aliases


SECTION = Section("general", _("Mailbox"), GeneralForm)
