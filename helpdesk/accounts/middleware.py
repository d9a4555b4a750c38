"""Each colleague reads the desk in their own language and time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation

from helpdesk.accounts import language, sessions, two_factor
from helpdesk.accounts.models import User
from helpdesk.accounts.zones import zone

SET_UP = "mfa_index"
OPEN_WITHOUT = (  # where a second step is set up, and the ways out
    *("/profile/two-factor/", "/profile/look/", "/sign-in/", "/sign-out/"),
    *("/language/", "/health/"),
)


def person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Activate the signed-in colleague's language and time zone for the request; note that they are here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return _stranger(request, get_response)
        sessions.seen(request)
        request.LANGUAGE_CODE = language.on_screen(user.language)
        with translation.override(request.LANGUAGE_CODE), timezone.override(zone(user.time_zone)):
            return get_response(request)

    return middleware


def _stranger(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Customers read any language there is; whoever signs in is a colleague."""
    if not request.path_info.startswith("/sign-in/"):
        return get_response(request)
    with translation.override(language.on_screen(translation.get_language() or "")):
        return get_response(request)


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Who must have a second step at sign-in and has none sets it up before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        missing = isinstance(user, User) and not _is_program(request) and two_factor.is_missing(user)
        request.second_factor_is_missing = missing  # type: ignore[attr-defined]
        if not missing or request.path_info.startswith(OPEN_WITHOUT):
            return get_response(request)
        if request.path_info.startswith("/api/"):
            return HttpResponseForbidden()
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": resolve_url(SET_UP)})
        return redirect(SET_UP)

    return middleware


def _is_program(request: HttpRequest) -> bool:
    """A token speaks for itself: there, the session of a browser counts for nothing."""
    authorization = request.headers.get("Authorization", "").lower()
    return request.path_info.startswith("/api/v1/") and authorization.startswith("bearer ")
