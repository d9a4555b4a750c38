"""Traces of a desk that has been looked after: trouble that is over, a test mail that came back."""

from datetime import datetime, timedelta

from channels_app.models import Incident, RoundTrip
from helpdesk.demo.shop import Staff


def leave_traces(staff: Staff, now: datetime) -> None:
    """What the health of the orders mailbox tells of its last days."""
    mailbox = staff.mailboxes["orders"]
    began = now - timedelta(hours=9)
    Incident.objects.get_or_create(
        kind=Incident.Kind.FETCHING,
        channel=mailbox,
        facts={"minutes": 24, "reason": "mx.tallowpine.example does not answer on port 993."},
        defaults={"began_at": began, "seen_at": began, "ended_at": began + timedelta(minutes=18)},
    )
    sent = now - timedelta(days=1)
    trip, is_new = RoundTrip.objects.get_or_create(
        channel=mailbox, message_id="trip.demo@tallowpine.example", defaults={"came_back_at": sent}
    )
    if is_new:
        RoundTrip.objects.filter(pk=trip.pk).update(sent_at=sent - timedelta(seconds=3))
