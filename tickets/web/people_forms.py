"""What the customers' pages take in, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets import recipients
from tickets.models import Identity
from tickets.web.value_fields import DomainsField


class IdentityForm(forms.Form):
    """Where somebody writes from: an address that can be written to, or a number with digits."""

    kind = forms.ChoiceField(choices=Identity.Kind.choices, label=_("Kind"))
    value = forms.CharField(max_length=254, label=_("Address or number"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_identity(given.get("kind", ""), given.get("value", ""))
        return given

    def identity(self) -> tuple[str, str]:
        return self.cleaned_data["kind"], self.cleaned_data["value"]


class NewCustomerForm(forms.Form):
    name = forms.CharField(required=False, max_length=200, label=pgettext_lazy("person", "Name"))
    email = forms.CharField(required=False, max_length=254, label=_("E-mail"))
    phone = forms.CharField(required=False, max_length=64, label=_("Phone"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind in Identity.Kind.values:
            if given.get(kind):
                try:
                    check_identity(kind, given[kind])
                except forms.ValidationError as error:
                    self.add_error(kind, error)
        if not given.get("email") and not given.get("phone"):
            raise forms.ValidationError(_("Without an address nobody could answer them."))
        return given

    def identities(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        return [(kind, given[kind]) for kind in Identity.Kind.values if given[kind]]


class NewOrganisationForm(forms.Form):
    name = forms.CharField(max_length=160, label=_("Name"))
    domains = DomainsField(
        required=False,
        max_length=4000,
        label=_("Domains"),
        help_text=_("With commas between them. Who writes from there belongs to the organisation."),
    )
    notes = forms.CharField(required=False, max_length=20_000, label=_("Notes"), widget=forms.Textarea)


def check_identity(kind: str, value: str) -> None:
    """Raises ValidationError for what cannot be written to."""
    if kind == Identity.Kind.EMAIL and not recipients.is_address(value):
        raise forms.ValidationError(_("This is no e-mail address."))
    if kind == Identity.Kind.PHONE and sum(char.isdigit() for char in value) < 3:
        raise forms.ValidationError(_("This is no phone number."))
