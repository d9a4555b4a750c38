"""Whether the answer to a call may come any moment, so that the page waits for it, or later."""

from datetime import datetime, timedelta

from channels_app.webhooks import calling
from channels_app.webhooks.models import Call
from tickets.models import Delivery

SOON = timedelta(minutes=2)
WAITING = (Delivery.State.PENDING, Delivery.State.SENDING)


def follows(found: Call, now: datetime) -> bool:
    """It is under way, or tried again within two minutes."""
    return _waits(found, until=now + SOON)


def comes_later(found: Call) -> bool:
    """It failed, and when it is tried again is known."""
    return bool(found.delivery.attempts) and _waits(found, until=calling.NOT_YET)


def _waits(found: Call, *, until: datetime) -> bool:
    return found.delivery.state in WAITING and found.delivery.due_at < until
