"""A page where Django answers with an empty one: whoever typed the address of a button is told so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver


def explained(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """405 (RFC 9110, 15.5.6) with words for people; programs and fragments get it as it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            response.status_code == 405
            and not response.streaming
            and not response.content
            and request.accepts("text/html")
        ):
            allowed = response.headers["Allow"]
            response = _told(request)
            response.headers["Allow"] = allowed
        return response

    return middleware


def _told(request: HttpRequest) -> HttpResponse:
    """By `handler405` of the addresses in force, which stand beside those that Django knows."""
    addresses = get_resolver(getattr(request, "urlconf", None))
    told: HttpResponse = addresses.resolve_error_handler(405)(request)
    return told
