"""What a help centre says, in its own look, of what is not there, cannot be read, or came too late."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.csrf import csrf_failure

from knowledge.web import arrival, centre, help


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:
    """At a help centre's own address, what is not there is told in its own look."""
    return _sorry(request, 404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same for what cannot be read or is not allowed."""
    return _sorry(request, 400)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the desk's page for it, at a help centre's own address the help centre's."""
    if arrival.asked_for(request) is None:
        return csrf_failure(request, reason)
    return _sorry(request, 403)


def _sorry(request: HttpRequest, status: int) -> HttpResponse:
    said = request.path_info.split("/")[2:3]
    try:
        offered = centre.current(request).offered
    except Http404:
        return HttpResponse(status=status, content_type="text/plain")
    language = next(iter([each for each in said if each in offered] or offered))
    with translation.override(language):
        return help.page(request, "sorry", language=language, status=status, noindex=True)
