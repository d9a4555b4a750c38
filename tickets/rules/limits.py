"""Rules that go in circles end: chains are short, and a ticket has only so much done to it in an hour."""

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
_RUNS = "SELECT count(*) FROM (SELECT FROM tickets_rulerun WHERE ticket_id = %s AND at > %s LIMIT %s) AS late"


def is_deep(mark: object) -> bool:
    """Whether so many rules led here that none follows; `mark` is `by_rule` of the event."""
    return isinstance(mark, dict) and len(mark.get("chain", ())) >= DEEPEST


def is_halted(ticket: Ticket) -> bool:
    """Whether so much was done on it of late that something goes in circles; admins are told once."""
    since = timezone.now() - HOUR
    with prepared.cursor() as cursor:
        cursor.execute(_RUNS, [ticket.pk, since, MOST_AN_HOUR])
        if cursor.fetchone()[0] < MOST_AN_HOUR:
            return False
    if not ticket.events.filter(kind=Event.Kind.RULES_HALTED, at__gt=since).exists():
        events.record(ticket, Event.Kind.RULES_HALTED, actor=None, most=MOST_AN_HOUR)
        admins = User.objects.people().at_work().filter(role=User.Role.ADMIN)
        notifications.notify(admins, Notification.Kind.RULES_HALTED, ticket=ticket)
    return True
