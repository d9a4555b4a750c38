"""What nobody has for too long."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from helpdesk.accounts.models import Calendar, Shift
from tickets.models import Event, Notification, TeamRouting, Ticket
from tickets.routing import alarming
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db


def told(ticket: Ticket) -> list[str]:
    return [history.sentence(event, Names()) for event in ticket.events.order_by("id")]


def waits_since(minutes: float) -> None:
    Ticket.objects.update(waiting_since=timezone.now() - timedelta(minutes=minutes))


def test_supervisors_are_told_once_of_what_nobody_has(waiting, routing, sam, alice):
    ticket = waiting()[0]
    waits_since(59)
    assert alarming.alarm(timezone.now()) == 0
    waits_since(61)
    assert alarming.alarm(timezone.now()) == 1
    assert alarming.alarm(timezone.now()) == 0
    line = Notification.objects.get(kind="unowned")
    assert (line.user, line.ticket) == (sam, ticket)
    assert told(ticket)[-1] == "Nobody has it for over 60 minutes: supervisors were told"


def test_the_time_without_anybody_is_counted_in_working_hours(waiting, routing, sam):
    calendar = Calendar.objects.create(name="Tomorrow")
    tomorrow = (timezone.now().weekday() + 1) % 7
    Shift.objects.create(calendar=calendar, weekday=tomorrow, starts=time(9), ends=time(10))
    TeamRouting.objects.update(calendar=calendar, unowned_minutes=30)
    waiting()
    waits_since(200)
    assert alarming.alarm(timezone.now()) == 0
    TeamRouting.objects.update(calendar=None, unowned_minutes=0)
    assert alarming.alarm(timezone.now()) == 0, "never, says the team"
    TeamRouting.objects.update(unowned_minutes=30)
    assert alarming.alarm(timezone.now()) == 1


def test_many_at_a_time_ring_a_few_times(waiting, routing, sam):
    waiting(alarming.ONE_BY_ONE + 3)
    waits_since(61)
    assert alarming.alarm(timezone.now()) == alarming.ONE_BY_ONE + 3
    assert Notification.objects.filter(kind="unowned").count() == alarming.ONE_BY_ONE
    assert Event.objects.filter(kind="unowned").count() == alarming.ONE_BY_ONE + 3


def test_tickets_of_no_team_and_of_teams_without_routing_are_watched_too(ticket, sam):
    waits_since(alarming.UNOWNED_MINUTES + 1)
    assert alarming.alarm(timezone.now()) == 1
    Ticket.objects.update(team=None, waiting_since=timezone.now() - timedelta(minutes=1))
    waits_since(0)
    assert alarming.alarm(timezone.now()) == 0
