"""Browsers in which somebody has signed in before, known again by a signed cookie.

Tries from a known browser are counted by themselves, so that nobody who fails on purpose in a colleague's
name, or from a colleague's network, shuts them out of their own browser (OWASP: "device cookies").
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

KNOWN_FOR = timedelta(days=180)


def known(request: HttpRequest, email: str) -> str:
    """The mark of a browser in which `email` has signed in before; "" for an unknown one."""
    name, salt = _names(email)
    return request.get_signed_cookie(name, default="", salt=salt, max_age=KNOWN_FOR) or ""


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Give the browser a mark, unless it has one."""
    if known(request, email):
        return
    name, salt = _names(email)
    response.set_signed_cookie(
        name,
        secrets.token_urlsafe(16),
        salt=salt,
        max_age=KNOWN_FOR,
        path="/sign-in/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _names(email: str) -> tuple[str, str]:
    """The cookie's name, which tells nobody the address, and what it is signed with besides the key."""
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return f"known-{digest[:12]}", f"device:{digest}"
