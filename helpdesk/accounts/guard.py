"""Who may open a page: the one place where views are guarded."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

from helpdesk.accounts.models import User

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request whose user has been checked: somebody who works here."""

    user: User


def staff_required(view: View) -> View:
    """Only for colleagues who are signed in; others go to the sign-in page and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User) or not request.user.is_active:
            return _to_sign_in(request)
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    guarded.guard = "staff"  # type: ignore[attr-defined]
    return guarded


def admin_required(view: View) -> View:
    """Only for admins; other colleagues are told that it is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_admin:  # type: ignore[union-attr]
            raise PermissionDenied
        return view(request, *args, **kwargs)

    checked = staff_required(guarded)
    checked.guard = "admin"  # type: ignore[attr-defined]
    return checked


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A fragment cannot show the sign-in page, so htmx is told to go there, and then back to its page."""
    if request.headers.get("HX-Request"):
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = urlencode({"next": page._replace(scheme="", netloc="").geturl()}) if page.path else ""
        place = f"{resolve_url('account_login')}{'?' if back else ''}{back}"
        return HttpResponse(status=401, headers={"HX-Redirect": place})
    return redirect_to_login(request.get_full_path())
