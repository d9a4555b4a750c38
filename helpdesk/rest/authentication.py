"""Who is calling: a program with a token, or a colleague's browser with its session."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from helpdesk.accounts import tokens
from helpdesk.accounts.models import Token, User

SCHEME = "bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer hd_…` (RFC 6750). Why a token opens nothing is not told."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        now = timezone.now()
        token = tokens.find(secret.strip(), now)
        if token is None:
            raise AuthenticationFailed("This token opens nothing: it is wrong, revoked or expired.")
        tokens.used(token, now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="helpdesk"'


class BrowserAuthentication(SessionAuthentication):
    """The session of a page of ours; what changes anything needs the CSRF token as well."""


def caller(request: Request) -> str:
    """Who calls, as one short word: "token-7", "user-3", "" for nobody."""
    if request.auth is not None:
        return f"token-{request.auth.pk}"
    return f"user-{request.user.pk}" if request.user.is_authenticated else ""
