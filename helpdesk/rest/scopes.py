"""What a token may be used for. A session carries every scope; what its colleague may see decides anyway."""

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from helpdesk.rest.problems import Problem

SAFE = ("GET", "HEAD", "OPTIONS")


def require(request: Request, scope: str) -> None:
    """Raises unless somebody is signed in, and by a token that carries `scope` ("" for any token)."""
    if not request.user.is_authenticated:
        raise NotAuthenticated("Send a token: Authorization: Bearer hd_…")
    if request.auth is not None and scope and not request.auth.allows(scope):
        raise Problem(403, "scope", f"This token lacks the scope {scope}.", scope=scope)


def holds(request: Request, scope: str) -> bool:
    """Whether the caller could do what needs `scope`."""
    return request.auth is None or request.auth.allows(scope)
