"""What nobody has for too long: supervisors are told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from helpdesk.accounts.hours import Hours
from tickets import events, notifications, orders, reminders
from tickets.models import Event, Notification, TeamRouting, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.routing import staff

BATCH = 100
ONE_BY_ONE = 5
"""So many tickets of a team that nobody has are told of at a time; the page shows them all."""
UNOWNED_MINUTES = 60
"""For teams that say nothing else, and tickets without one."""


def alarm(now: datetime) -> int:
    """Tell supervisors of waiting tickets that nobody has for too long, each once; how many tickets.

    "Too long" is counted in the working hours of the team.
    """
    teams = list(TeamRouting.objects.all())
    hours = staff.calendars(each.calendar_id for each in teams)
    told = sum(_alarm(each.team_id, each.unowned_minutes, hours[each.calendar_id], now) for each in teams)
    others = {each.team_id for each in teams}
    return told + _alarm_of(_not_of(others), UNOWNED_MINUTES, hours[None], now)


def _alarm(team: int, minutes: int, hours: Hours, now: datetime) -> int:
    return _alarm_of(Ticket.objects.filter(team=team), minutes, hours, now) if minutes else 0


def _not_of(teams: Iterable[int]) -> TicketQuerySet:
    return Ticket.objects.filter(Q(team=None) | ~Q(team__in=list(teams)))


@transaction.atomic
def _alarm_of(found: TicketQuerySet, minutes: int, hours: Hours, now: datetime) -> int:
    since = OuterRef("waiting_since")
    told = Event.objects.filter(ticket=OuterRef("pk"), kind=Event.Kind.UNOWNED, at__gte=since)
    limit = timedelta(minutes=minutes)
    late = found.unowned().filter(~Exists(told), waiting_since__lte=now - limit)
    rows = late.select_for_update(of=("self",), skip_locked=True).select_related("team")
    page = orders.named("urgent").sort(rows)[:BATCH]
    due = [each for each in page if each.waiting_since and hours.between(each.waiting_since, now) >= limit]
    for ticket in due:
        events.record(ticket, Event.Kind.UNOWNED, actor=None, minutes=minutes)
    for ticket in due[:ONE_BY_ONE]:
        notifications.notify(reminders.overseers(ticket), Notification.Kind.UNOWNED, ticket=ticket)
    return len(due)
