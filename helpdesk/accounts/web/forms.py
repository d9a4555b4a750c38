"""What colleagues say about themselves, and what a new desk is asked."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.accounts.language import of_screens
from helpdesk.accounts.models import Company, Scope, User
from helpdesk.accounts.zones import ZONES


class ZoneField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[(name, name.replace("_", " ")) for name in ZONES], **options)


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=of_screens)
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "theme", "signature", "undo_seconds"]
        labels = {
            "name": pgettext_lazy("person", "Name"),
            "theme": _("Appearance"),
            "signature": _("Signature"),
            "undo_seconds": _("Time to undo sending"),
        }
        help_texts = {"signature": _("It stands below your replies.")}
        widgets = {"signature": forms.Textarea(attrs={"rows": 4}), "theme": forms.RadioSelect}


class LookForm(forms.Form):
    """The quick switches of the person's menu and of lists: one of them is sent."""

    theme = forms.ChoiceField(choices=User.Theme.choices, required=False)
    language = forms.ChoiceField(choices=of_screens, required=False)
    density = forms.ChoiceField(choices=User.Density.choices, required=False)


class TokenForm(forms.Form):
    """What a program is to be called and allowed, and for how long."""

    NEVER = "never"
    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("The name of the program that will use it.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Within what you may see and do yourself."),
    )
    lasts = forms.ChoiceField(
        label=_("How long it works"),
        choices=[
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("365", _("A year")),
            (NEVER, _("Until it is revoked")),
        ],
        initial="90",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def expires_at(self, now: datetime) -> datetime | None:
        lasts = self.cleaned_data["lasts"]
        return None if lasts == self.NEVER else now + timedelta(days=int(lasts))


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
