"""Mail to a colleague when the way they sign in was changed: so that nobody does it behind their back."""

from collections.abc import Callable
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk.accounts import audit, sessions, zones
from helpdesk.accounts.models import Company, User


class Change(Enum):
    """What was changed."""

    PASSWORD = "password"  # noqa: S105
    ADDRESS = "address"
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES = "codes"
    RESET = "reset"
    TOKEN = "token"  # noqa: S105


SENTENCES: dict[Change, Callable[[], str]] = {
    Change.PASSWORD: lambda: _("Your password was changed"),
    Change.ADDRESS: lambda: _("The address you sign in with was changed"),
    Change.APP_ADDED: lambda: _("An authenticator app was added to your sign-in"),
    Change.APP_REMOVED: lambda: _("The authenticator app was removed from your sign-in"),
    Change.PASSKEY_ADDED: lambda: _("A passkey was added to your sign-in"),
    Change.PASSKEY_REMOVED: lambda: _("A passkey was removed from your sign-in"),
    Change.CODES: lambda: _("Your recovery codes were made anew"),
    Change.RESET: lambda: _("Your second step at sign-in was reset"),
    Change.TOKEN: lambda: _("An API token was made in your name"),
}


def tell(
    user: User,
    change: Change,
    *,
    actor: User | None,
    request: HttpRequest | None = None,
    detail: str = "",
    also_to: str = "",
) -> None:
    """Queue the mail, in the colleague's language and time, within the caller's transaction.

    `actor` is None for somebody who was not signed in; `also_to` is a former address. Programs get none.
    """
    if user.is_program:
        return
    with override(user.language):
        subject = SENTENCES[change]()
        context = {
            "user": user,
            "said": subject,
            "detail": detail,
            "at": _moment(user),
            "by": _("yourself") if actor == user else str(actor or ""),
            "place": _place(request) if request and actor in (user, None) else "",
            "link": f"{settings.BASE_URL}{reverse('account_login')}",
            "sessions": f"{settings.BASE_URL}{reverse('accounts:sessions')}",
            "company": Company.load().name,
        }
        text = render_to_string("accounts/security_mail.txt", context).strip() + "\n"
    for address in dict.fromkeys(filter(None, (also_to, user.email))):
        EmailMessage(subject, text, to=[address]).send()


def _moment(user: User) -> str:
    now = timezone.localtime(timezone.now(), zones.zone(user.time_zone))
    return f"{date_format(now, 'DATETIME_FORMAT')} ({user.time_zone})"


def _place(request: HttpRequest) -> str:
    """The network address and the browser: what tells one's own deed from somebody else's."""
    browser, system = sessions.device(request.headers.get("User-Agent", ""))
    return ", ".join(filter(None, (audit.address(request), browser, system)))
