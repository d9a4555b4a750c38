"""The forms of signing in and of passwords: allauth's, in the desk's own words."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _

WORDS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}


class OwnWords:
    """A label says what goes in; a placeholder would say it twice, and a link to the way out stands below."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in WORDS.items():
            if field := self.fields.get(name):
                field.label = label
                field.widget.attrs.pop("placeholder", None)
                if name != "password1":
                    field.help_text = ""


class SignInForm(OwnWords, forms.LoginForm):
    pass


class ReauthenticateForm(OwnWords, forms.ReauthenticateForm):
    pass


class ChangePasswordForm(OwnWords, forms.ChangePasswordForm):
    pass


class FirstPasswordForm(OwnWords, forms.SetPasswordForm):
    """Of somebody who came by single sign-on and has none."""


class ResetPasswordForm(OwnWords, forms.ResetPasswordForm):
    def clean_email(self) -> str:
        """A program has no password, and no mailbox to mail to."""
        email: str = super().clean_email()
        found: list[Any] = self.users  # type: ignore[has-type]
        self.users = [user for user in found if not user.is_program]
        return email


class NewPasswordForm(OwnWords, forms.ResetPasswordKeyForm):
    pass
