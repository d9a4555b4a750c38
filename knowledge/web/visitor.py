"""Which customer looks at the help centre: who came by the link of a mail; most readers are nobody known."""

from django.http import HttpRequest

from knowledge import visiting
from tickets.models import Customer

SESSION = "help_customer"
_KEPT = "_help_customer"


def of(request: HttpRequest) -> Customer | None:
    """The customer, asked for once a request; a reader without a session costs no query."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, visiting.visitor(request.session.get(SESSION)))
    found: Customer | None = getattr(request, _KEPT)
    return found
