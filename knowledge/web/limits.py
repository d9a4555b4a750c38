"""How often somebody outside may ask for what costs something; counted by network address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from helpdesk.accounts import audit
from helpdesk.rest import pace
from helpdesk.rest.problems import Problem

View = Callable[..., HttpResponseBase]


def at_most(count: int, what: str, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """So many requests a minute from one address; more are answered with 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                try:
                    pace.take(f"{what}:{audit.address(request)}", count)
                except Problem:
                    return HttpResponse(
                        _("Too many at once. Please wait a minute and try again."),
                        status=429,
                        content_type="text/plain; charset=utf-8",
                        headers={"Retry-After": "60"},
                    )
            return view(request, *args, **kwargs)

        return limited

    return decorate
