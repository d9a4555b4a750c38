"""The help centre that a request is at."""

from django.http import Http404, HttpRequest

from helpdesk.accounts.models import User
from knowledge import centres
from knowledge.models import HelpCentre
from knowledge.web import arrival

_KEPT = "_help_centre"


def current(request: HttpRequest) -> HelpCentre:
    """By its domain or its place below /brands/, else the first; read once a request. 404 while it is closed.

    Below /brands/ colleagues see one that is closed, so that it can be made ready.
    """
    found: HelpCentre | None = getattr(request, _KEPT, None)
    if found is None:
        found = _found(request)
        setattr(request, _KEPT, found)
    if found.is_open or (arrival.is_mounted(request) and isinstance(request.user, User)):
        return found
    raise Http404


def _found(request: HttpRequest) -> HelpCentre:
    rows, pk = centres.every(), arrival.asked_for(request)
    found = next((each for each in rows if each.pk == pk), None) if pk else rows[0]
    if found is None:
        raise Http404
    return found
