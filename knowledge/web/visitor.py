"""Which customer looks at the help centre: who came by the link of a mail; most readers are nobody known."""

import re

from django.http import HttpRequest
from django.urls import get_script_prefix

from knowledge import visiting
from knowledge.web import centre
from tickets.models import Customer

_BACK = re.compile(r"/help/[a-z]{2}/[\w/-]{0,120}")
SESSION = "help_customer"
WHERE = "help_centre"
"""At which help centre they were let in: they are nobody at another one."""
_KEPT = "_help_customer"


def of(request: HttpRequest) -> Customer | None:
    """The customer, asked for once a request; a reader without a session costs no query."""
    if not hasattr(request, _KEPT):
        here = centre.current(request)
        is_here = request.session.get(WHERE, here.pk if here.is_first else 0) == here.pk
        setattr(request, _KEPT, visiting.visitor(request.session.get(SESSION)) if is_here else None)
    found: Customer | None = getattr(request, _KEPT)
    return found


def let_in(request: HttpRequest, customer: Customer) -> None:
    """From now on in this browser, at this help centre."""
    request.session.cycle_key()
    request.session[SESSION], request.session[WHERE] = customer.pk, centre.current(request).pk


def way_back(request: HttpRequest) -> str:
    """The page of the help centre that `next` names, to come back to after being let in; else ""."""
    asked = request.GET.get("next", "")
    return asked if _BACK.fullmatch(asked) else ""


def bare(path: str) -> str:
    """A path of the help centre as it is called at each of its addresses."""
    return path.removeprefix(get_script_prefix().rstrip("/"))


def here(path: str) -> str:
    """The same as it is called at the present one."""
    return f"{get_script_prefix().rstrip('/')}{path}"
