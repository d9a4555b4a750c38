"""The log of calls does not grow for ever."""

from datetime import datetime, timedelta

from channels_app.webhooks.models import Call
from tickets.models import Delivery

KEPT = timedelta(days=30)
AT_ONCE = 1000


def tidy(now: datetime) -> int:
    """Erase settled calls older than a month, with their deliveries and answers; how many."""
    old = Call.objects.filter(settled=True, created_at__lt=now - KEPT).order_by("id")
    total = 0
    while keys := list(old.values_list("delivery_id", flat=True)[:AT_ONCE]):
        Delivery.objects.filter(pk__in=keys).delete()
        total += len(keys)
    return total
