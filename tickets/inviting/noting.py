"""Whom to ask how it went, and from when on: noted as a request is resolved."""

from collections.abc import Sequence
from datetime import timedelta

from channels_app.models import Channel
from tickets.events import Fact
from tickets.models import Event, RatingInvitation, Ticket

HOURS = 4
"""After the resolution, unless the mailbox says otherwise."""


def may_be_asked(fact: Fact) -> bool:
    """Whether a request of a customer is resolved by this; the rest is seen when its turn comes."""
    done = fact.data.get("after") in (Ticket.Status.RESOLVED, Ticket.Status.CLOSED)
    return done and fact.ticket is not None and fact.ticket.channel_id is not None


def note(happened: Sequence[Event]) -> None:
    """Note down whom to ask, and from when on; safe to call twice."""
    rows = []
    for event in happened:
        ticket = event.ticket
        if ticket and ticket.channel and ticket.resolved_at and ticket.channel.config.get("invite_to_rate"):
            due = ticket.resolved_at + timedelta(hours=hours(ticket.channel))
            rows.append(RatingInvitation(ticket=ticket, resolved_at=ticket.resolved_at, due_at=due))
    if rows:
        RatingInvitation.objects.bulk_create(rows, ignore_conflicts=True)


def hours(channel: Channel) -> int:
    """How many hours after it was resolved a customer of this channel is asked."""
    found = channel.config.get("invite_after_hours")
    return found if isinstance(found, int) else HOURS
