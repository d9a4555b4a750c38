"""How what may be seen is asked for, whatever it is."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from tickets.horizon import Viewer, horizon

Row = TypeVar("Row", bound=Model)


def on_tickets(user: Viewer, prefix: str = "") -> Q:
    """The rows whose ticket (behind `prefix`) this colleague may see."""
    return horizon(user).rule(prefix)


def one(found: QuerySet[Row]) -> Row:
    """The first of them; raises Http404."""
    row = found.first()
    if row is None:
        raise Http404
    return row
