"""Who sees a ticket sees what its customer was told, and tells them of a new time."""

from django.db.models import QuerySet

from tickets import access
from tickets.expected.models import ExpectedTime, ExpectedTimeQuerySet
from tickets.horizon import Viewer


def told(user: Viewer) -> ExpectedTimeQuerySet:
    """Times told on tickets that this viewer may see."""
    found: QuerySet[ExpectedTime] = ExpectedTime.objects.filter(ticket__in=access.tickets(user).order_by())
    assert isinstance(found, ExpectedTimeQuerySet)
    return found
