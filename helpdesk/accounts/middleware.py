"""Each colleague reads the desk in their own language and time zone."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from helpdesk.accounts.models import User


def person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Activate the signed-in colleague's language and time zone for the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return get_response(request)
        request.LANGUAGE_CODE = user.language
        with translation.override(user.language), timezone.override(zone(user.time_zone)):
            return get_response(request)

    return middleware


def zone(name: str) -> zoneinfo.ZoneInfo:
    """The time zone called `name`, UTC when there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
