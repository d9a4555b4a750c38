"""Snoozing: a ticket is out of the lists until a time, or until its customer answers, and then it is back.

It is snoozed for everybody, as its status is everybody's: whoever looks at a list sees what can be done now.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import events, lifecycle, notifications, reading
from tickets.events import Actor
from tickets.models import Event, Notification, Ticket
from tickets.models.ticket import NEVER

BATCH = 100
FARTHEST = timedelta(days=366)
UNTIL_ANSWERED = NEVER
"""Not until a time: the customer's next message wakes it, as it wakes every snoozed ticket."""


class BadTime(ValueError):
    """The time is over, or more than a year away."""


@transaction.atomic
def snooze(ticket: Ticket, *, until: datetime, actor: Actor) -> Ticket:
    """Out of the lists until then, or with UNTIL_ANSWERED until the customer writes; again for another time.

    A finished ticket is opened, since it is to come back. Raises BadTime.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    check(until, timezone.now())
    if ticket.is_finished:
        ticket = lifecycle.reopen(ticket, actor=actor)
    if ticket.snoozed_until == until:
        return ticket
    ticket.snoozed_until, ticket.snoozed_by = until, actor if isinstance(actor, User) else None
    ticket.save(update_fields=["snoozed_until", "snoozed_by"])
    told = None if until == UNTIL_ANSWERED else until.isoformat()
    events.record(ticket, Event.Kind.SNOOZED, actor=actor, until=told)
    return ticket


@transaction.atomic
def rouse(ticket: Ticket, *, actor: Actor) -> Ticket:
    """Back among the others before its time; nothing happens when it is there already."""
    ticket = lifecycle.lock(ticket)
    if ticket.is_snoozed:
        lifecycle.rouse(ticket, actor=actor, why="colleague")
    return ticket


def check(until: datetime, now: datetime) -> None:
    """Raises BadTime."""
    if until != UNTIL_ANSWERED and not now < until <= now + FARTHEST:
        raise BadTime


def wake_due(now: datetime) -> int:
    """Bring back what has slept long enough; how many. What is in spam or bin sleeps on there."""
    due = Ticket.objects.on_desk().filter(snoozed_until__lte=now).order_by("snoozed_until")
    found = list(due.values_list("pk", flat=True)[:BATCH])
    return sum(_wake_due(pk, now) for pk in found)


@transaction.atomic
def _wake_due(pk: int, now: datetime) -> bool:
    """Asked again under lock: somebody may have woken it, or snoozed it for longer, a moment ago."""
    ticket = Ticket.objects.select_for_update().filter(pk=pk, snoozed_until__lte=now).first()
    if ticket is not None:
        lifecycle.rouse(ticket, actor=None, why="time")
    return ticket is not None


def tell(event: Event) -> None:
    """Whoever snoozed a ticket, and whoever has it, hears that it is back, and sees it as new."""
    ticket = event.ticket
    if ticket is None or event.data.get("why") == "colleague":
        return
    meant = User.objects.filter(pk__in={event.data.get("snoozed_by"), ticket.assignee_id} - {None})
    for user in notifications.notify(meant, Notification.Kind.WOKEN, ticket=ticket):
        reading.mark_new(user, ticket)
