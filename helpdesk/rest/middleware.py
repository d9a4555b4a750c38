"""Everything under /api/ speaks one dialect, whoever answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from helpdesk.rest import problems

ROOT = "/api/"


def dialect(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django's own error pages become problems; a redirect to the slash keeps method and body (308)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path_info.startswith(ROOT):
            return response
        if response.status_code == 301:
            response.status_code = 308
        if response.status_code >= 400 and _is_page(response):
            return problems.page(request, response)
        return response

    return middleware


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").partition(";")[0] == "text/html"
