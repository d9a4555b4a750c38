"""What colleagues say about themselves, and what a new desk is asked."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.accounts.models import Company, User

ZONES = sorted(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC")


class ZoneField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[(name, name.replace("_", " ")) for name in ZONES], **options)


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "theme", "signature"]
        labels = {
            "name": pgettext_lazy("person", "Name"),
            "theme": _("Appearance"),
            "signature": _("Signature"),
        }
        help_texts = {"signature": _("It stands below your replies.")}
        widgets = {"signature": forms.Textarea(attrs={"rows": 4}), "theme": forms.RadioSelect}


class LookForm(forms.Form):
    """The quick switches of the person's menu: one of the two is sent."""

    theme = forms.ChoiceField(choices=User.Theme.choices, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)


class AdministratorForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if password := given.get("password"):
            try:
                validate_password(password, User(email=given.get("email", ""), name=given.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class CompanyForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = Company
        fields = ["name", "language", "time_zone"]
        labels = {"name": _("Name of the company")}
