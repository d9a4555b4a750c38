"""Who is given more than they can take: a person may, and is told."""

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from tickets.routing import staff


def warning(user: User | None) -> str:
    """A sentence for whoever gave the colleague a ticket by hand; "" when they have room."""
    above = staff.above(user, timezone.now()) if user else None
    if above is None:
        return ""
    told = {"name": user, "load": above[0], "capacity": above[1]}
    return _("%(name)s has more than they can take now: %(load)d of %(capacity)d.") % told
