"""How allauth behaves here: staff are made by admins, nobody signs up; secrets are encrypted at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk import secrets
from helpdesk.accounts import audit, devices
from helpdesk.accounts.models import AuditEntry, Company, User

TRIES = "5/300s/key"
TRIES_OF_UNKNOWN = f"10/m/ip,{TRIES}"
TRIES_FOR_ONE_NAME = "50/h/key"  # from unknown browsers anywhere: a thousand machines guess no faster


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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try: a browser the colleague has used before by itself, others by name and address."""
        email = credentials.get("email", "").strip().lower()
        place = self._get_login_attempts_cache_key(request, **credentials)
        if devices.known(request, email):
            limits = [(TRIES, place)]
        else:
            limits = [(TRIES_OF_UNKNOWN, place), (TRIES_FOR_ONE_NAME, f"name:{email}")]
        spent = ratelimit.RateLimitUsage(usage=[])
        for rates, key in limits:
            config = {"login_failed": rates}
            usage = ratelimit.consume(
                request, app="allauth.account", action="login_failed", config=config, key=key
            )
            if usage is None:
                raise self.validation_error("too_many_login_attempts")
            spent.usage.extend(usage.usage)
        self._login_failed_rl_usage = spent

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        email = credentials.get("email", "").strip().lower()
        return f"{devices.known(request, email) or ratelimit.get_ip(request)}:{email}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email", "").strip().lower()
        about = User.objects.filter(email=email).first()
        data = {"factor": "password", "ip": audit.address(request)}
        audit.record(AuditEntry.Kind.SIGN_IN_FAILED, actor=None, about=about, **data)

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        response = super().post_login(request, user, **options)
        devices.remember(request, response, user.email)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Wait for the next one, or try a recovery code."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        """What an authenticator app and a passkey call us."""
        return Company.load().name
