"""Requests that come to a help centre: by its own domain, or below /brands/ at the desk's address.

A domain stands for the help centre alone: signing in, the workspace, the API are not among its addresses
(`knowledge.web.centre_urls`). The Host header is believed when it is, letter by letter, one of the names that
an admin wrote down; whatever else is no name of the desk's own is refused by Django as ever.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from knowledge import centres

HOST = re.compile(r"([a-z0-9][a-z0-9.-]{0,252}?)\.?(:\d{1,5})?")
MOUNT = re.compile(rf"{centres.MOUNTED}([-a-zA-Z0-9_]{{1,40}})(/help/.*)", re.DOTALL)
URLS = "knowledge.web.centre_urls"
GetResponse = Callable[[HttpRequest], HttpResponse]


def at_centre(get_response: GetResponse) -> GetResponse:
    """Note whose help centre is asked for; the desk's own addresses cost a look into a set."""
    ours = centres.of_the_desk()

    def middleware(request: HttpRequest) -> HttpResponse:
        given = HOST.fullmatch(request.META.get("HTTP_HOST", "").lower())
        if given and given[1] not in ours and (found := centres.at_host(given[1])):
            return _by_domain(request, found.pk, f"{given[1]}{given[2] or ''}", get_response)
        if request.path_info.startswith(centres.MOUNTED):
            return _mounted(request, get_response)
        return get_response(request)

    return middleware


def asked_for(request: HttpRequest) -> int | None:
    """The help centre that the request names, by its id; None at the desk's own address."""
    found: int | None = getattr(request, "help_centre_id", None)
    return found


def is_mounted(request: HttpRequest) -> bool:
    """Whether it came below /brands/."""
    return getattr(request, "help_centre_is_mounted", False)


def _by_domain(request: HttpRequest, pk: int, host: str, get_response: GetResponse) -> HttpResponse:
    """The request, whose host is known to be an admin's word: what Django asks of ALLOWED_HOSTS."""
    request.help_centre_id, request.urlconf = pk, URLS  # type: ignore[attr-defined]
    request.get_host = lambda: host  # type: ignore[method-assign]
    if request.META.get("HTTP_ORIGIN") == f"{urlsplit(settings.BASE_URL).scheme}://{host}":
        # A proxy may speak TLS for the desk and not say so: the form is of this very page all the same.
        request.META["HTTP_ORIGIN"] = f"{request.scheme}://{host}"
    return get_response(request)


def _mounted(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """The help centre as if it stood at the root: every address that the page names begins with the mount."""
    named = MOUNT.fullmatch(request.path_info)
    found = centres.kept().by_slug.get(named[1]) if named else None
    if named is None or found is None:
        return get_response(request)
    before = get_script_prefix()
    request.help_centre_id, request.help_centre_is_mounted = found.pk, True  # type: ignore[attr-defined]
    request.path_info, request.urlconf = named[2], URLS
    set_script_prefix(f"{before.rstrip('/')}{centres.MOUNTED}{found.slug}/")
    try:
        return get_response(request)
    finally:
        set_script_prefix(before)
