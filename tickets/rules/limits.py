"""Rules that go in circles end: chains are short, and a ticket has only so much done to it in an hour."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from helpdesk import prepared
from helpdesk.accounts.models import User
from tickets import events, notifications
from tickets.models import Event, Notification, Ticket

DEEPEST = 3
"""Rules that may set each other off, one after the other."""
MOST_AN_HOUR = 20
"""Runs on one ticket; then rules are halted there until the hour is over, and admins are told."""
HOUR = timedelta(hours=1)
_RUNS = (
    "SELECT ticket_id, count(*) FROM tickets_rulerun WHERE ticket_id = ANY(%s) AND at > %s GROUP BY ticket_id"
)


def is_deep(mark: object) -> bool:
    """Whether so many rules led here that none follows; `mark` is `by_rule` of the event."""
    return isinstance(mark, dict) and len(mark.get("chain", ())) >= DEEPEST


def late_runs(tickets: Iterable[Ticket]) -> Counter[int]:
    """Ticket → how many runs it had within the hour; whoever runs another counts on. One query."""
    with prepared.cursor() as cursor:
        cursor.execute(_RUNS, [[ticket.pk for ticket in tickets], timezone.now() - HOUR])
        return Counter(dict(cursor.fetchall()))


def is_halted(ticket: Ticket, runs: Counter[int]) -> bool:
    """Whether so much was done on it of late that something goes in circles; admins are told once."""
    if runs[ticket.pk] < MOST_AN_HOUR:
        return False
    since = timezone.now() - HOUR
    if not ticket.events.filter(kind=Event.Kind.RULES_HALTED, at__gt=since).exists():
        events.record(ticket, Event.Kind.RULES_HALTED, actor=None, most=MOST_AN_HOUR)
        admins = User.objects.people().at_work().filter(role=User.Role.ADMIN)
        notifications.notify(admins, Notification.Kind.RULES_HALTED, ticket=ticket)
    return True
