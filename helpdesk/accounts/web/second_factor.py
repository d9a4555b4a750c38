"""The forms of the second step: allauth's, in the desk's own words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60


class OneCode:
    """A short code, typed from another screen: big keys on a telephone, and no placeholder for a label."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        code = self.fields["code"]
        code.label = _("Code")
        code.max_length = 20
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs.update(inputmode="numeric", autofocus=True, spellcheck="false")


class CodeForm(OneCode, base.AuthenticateForm):
    pass


class CodeAgainForm(OneCode, base.ReauthenticateForm):
    pass


class FirstCodeForm(OneCode, totp.ActivateTOTPForm):
    pass


class OwnName:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name = self.fields["name"]
        name.label = _("Name of the passkey")
        name.help_text = _("For example the device it is kept on.")
        name.widget.attrs["maxlength"] = NAME_LENGTH

    def clean_name(self) -> str:
        parent: Any = super()
        name = parent.clean_name() if hasattr(parent, "clean_name") else self.cleaned_data["name"]  # type: ignore[attr-defined]
        return str(name)[:NAME_LENGTH]


class PasskeyForm(OwnName, webauthn.AddWebAuthnForm):
    pass


class PasskeyNameForm(OwnName, webauthn.EditWebAuthnForm):
    pass
