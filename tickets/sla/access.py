"""Who may see how soon tickets are to be answered, as it is set up: admins, who set it up."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from helpdesk.accounts.models import Calendar, User
from tickets.models import SlaPolicy

Viewer = User | AnonymousUser


def policies(user: Viewer) -> QuerySet[SlaPolicy]:
    """All of them, or none."""
    return SlaPolicy.objects.all() if may_set_up(user) else SlaPolicy.objects.none()


def calendars(user: Viewer) -> QuerySet[Calendar]:
    """All working hours, or none."""
    return Calendar.objects.all() if may_set_up(user) else Calendar.objects.none()


def may_set_up(user: Viewer) -> bool:
    """Policies and working hours."""
    return isinstance(user, User) and user.is_active and user.is_admin
