"""What a help centre says, in its own look, of what is not there, not allowed, too late, too often, or broke.

At the desk's own address its readers are customers below /help/ and /brands/; everywhere else they are
colleagues, who get the desk's own pages.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import ngettext
from django.views import defaults
from django.views.csrf import csrf_failure

from helpdesk.rest import problems
from knowledge import centres
from knowledge.models import HelpCentre
from knowledge.web import arrival, centre, help, place

ROOMS = ("/help/", centres.MOUNTED)


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there."""
    return _said(request, 404) or defaults.page_not_found(request, exception)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read."""
    return _said(request, 400) or defaults.bad_request(request, exception)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not allowed."""
    return _said(request, 403) or defaults.permission_denied(request, exception)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token."""
    return _said(request, 403, is_late=True) or csrf_failure(request, reason)


def button(request: HttpRequest) -> HttpResponse:
    """The address of a button, typed by hand (405)."""
    return _said(request, 405) or render(request, "405.html", status=405)


def too_often(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """More requests than one may make: in how many seconds the next is taken (429, RFC 6585, 4).

    Programs get a problem (RFC 9457), what fetched a part of a page one sentence for it.
    """
    if "HX-Request" in request.headers:
        answer = HttpResponse(_wait(request, seconds), status=429)
    elif not request.accepts("text/html"):
        said = problems.content(429, "too-many", f"Too many requests in a minute: wait {seconds} seconds.")
        answer = JsonResponse(said, status=429, content_type=problems.MEDIA_TYPE)
    else:
        answer = _said(request, 429, seconds=seconds) or render(request, "429.html", status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """What broke; a help centre that cannot show its own page for it shows one that needs no database."""
    if not _for_customers(request):
        return defaults.server_error(request)
    try:
        return _said(request, 500) or defaults.server_error(request)
    except Exception:  # whatever broke the page may break this one: a database that is away, a bad setting
        language = _language(request, place.LANGUAGES)
        with translation.override(language):
            page = render_to_string("knowledge/help/broken.html", {"language": language})
        return HttpResponse(page, status=500)


def _wait(request: HttpRequest, seconds: int) -> str:
    here = _open(request) if _for_customers(request) else None
    with translation.override(_language(request, here.offered) if here else translation.get_language()):
        text = ngettext(
            "Too much at once. It goes on in %(count)d second.",
            "Too much at once. It goes on in %(count)d seconds.",
            seconds,
        )
        return format_html('<p class="small muted" role="status">{}</p>', text % {"count": seconds})


def _said(request: HttpRequest, status: int, **told: Any) -> HttpResponse | None:
    """The help centre's page; None where colleagues read, or where there is no help centre to see."""
    if not _for_customers(request):
        return None
    here = _open(request)
    if here is None:
        return HttpResponse(status=status, content_type="text/plain") if arrival.asked_for(request) else None
    language = _language(request, here.offered)
    with translation.override(language):
        return help.page(request, "sorry", language=language, status=status, noindex=True, **told)


def _for_customers(request: HttpRequest) -> bool:
    return arrival.asked_for(request) is not None or request.path_info.startswith(ROOMS)


def _open(request: HttpRequest) -> HelpCentre | None:
    try:
        return centre.current(request)
    except Http404:
        return None


def _language(request: HttpRequest, offered: dict[str, str]) -> str:
    """That of the address, else the reader's own, else the first that is offered."""
    wanted = [*request.path_info.split("/")[2:3], (translation.get_language() or "")[:2], *offered]
    return next(each for each in wanted if each in offered)
