"""How allauth behaves here: staff are made by admins, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not belong together."),
        "enter_current_password": _("This is not your password as it is now."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Try again in a few minutes."),
        "rate_limited": _("Too many tries. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
