"""Showing a ticket to the supervisors of all teams, and hiding it from them again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tickets import events, lifecycle
from tickets.events import Actor
from tickets.models import Event, Ticket


@transaction.atomic
def escalate(ticket: Ticket, *, actor: Actor) -> bool:
    """From now on supervisors of other teams see it, too; False when they did already."""
    ticket = lifecycle.lock(ticket)
    if ticket.escalated_at is not None:
        return False
    ticket.escalated_at = timezone.now()
    ticket.save(update_fields=["escalated_at"])
    events.record(ticket, Event.Kind.ESCALATED, actor=actor)
    return True


@transaction.atomic
def take_back(ticket: Ticket, since: datetime) -> bool:
    """They see it no longer; False when it was shown at another time than `since`.

    Whoever calls tells of it in the ticket's history.
    """
    ticket = lifecycle.lock(ticket)
    if ticket.escalated_at != since:
        return False
    ticket.escalated_at = None
    ticket.save(update_fields=["escalated_at"])
    return True
