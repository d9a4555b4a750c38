"""How often somebody outside may ask for what costs something; counted by network address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from helpdesk.accounts import audit
from helpdesk.rest import pace
from helpdesk.rest.problems import Problem
from knowledge.web import sorry

View = Callable[..., HttpResponseBase]


def at_most(count: int, what: str, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """So many requests a minute from one address; more are answered with 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                try:
                    pace.take(f"{what}:{audit.address(request)}", count)
                except Problem as refusal:
                    return sorry.too_often(request, int(refusal.problem_headers["Retry-After"]))
            return view(request, *args, **kwargs)

        return limited

    return decorate
