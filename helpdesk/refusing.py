"""A page where Django answers with an empty one: whoever typed the address of a button is told so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
            response = render(request, "405.html", status=405)
            response.headers["Allow"] = allowed
        return response

    return middleware
