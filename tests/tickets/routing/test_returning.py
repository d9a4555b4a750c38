"""Tickets that lose their colleague, and what nobody has."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from helpdesk.accounts.models import Calendar, Shift
from tickets import assignment, availability
from tickets.models import Availability, Event, HandBack, Notification, TeamRouting, Ticket
from tickets.routing import distributing, returning
from tickets.web import history

pytestmark = pytest.mark.django_db


def owner(ticket: Ticket) -> object:
    return Ticket.objects.get(pk=ticket.pk).assignee


def told(ticket: Ticket) -> list[str]:
    return [history.sentence(event, history.Names()) for event in ticket.events.order_by("id")]


def waits_since(minutes: float) -> None:
    Ticket.objects.update(waiting_since=timezone.now() - timedelta(minutes=minutes))


def test_handed_back_it_goes_to_somebody_else_and_never_again_to_the_same(waiting, there, alice, bob):
    ticket = waiting()[0]
    assignment.assign(ticket, alice, actor=alice)
    returning.hand_back(ticket, actor=alice, reason="subject")
    assert "Given back by Alice Hartmann: Not my subject" in told(ticket)
    assert HandBack.objects.get().reason == "subject"
    distributing.drain()
    assert owner(ticket) == bob
    assert told(ticket)[-1] == "Given to Bob Marchetti: somebody gave it back, nobody else has room"
    returning.hand_back(Ticket.objects.get(pk=ticket.pk), actor=bob, reason="load")
    assert distributing.drain() == 0
    assert owner(ticket) is None


def test_only_ones_own_ticket_for_a_known_reason(waiting, alice, bob):
    ticket = waiting()[0]
    assignment.assign(ticket, bob, actor=bob)
    with pytest.raises(returning.NotTheirs):
        returning.hand_back(ticket, actor=alice, reason="load")
    with pytest.raises(ValueError, match="nonsense"):
        returning.hand_back(ticket, actor=bob, reason="nonsense")
    assert owner(ticket) == bob


def test_who_leaves_leaves_their_waiting_tickets(waiting, there, alice, bob):
    ticket = waiting()[0]
    assignment.assign(ticket, alice, actor=alice)
    alice.is_active = False
    alice.save()
    assert returning.take_back(timezone.now()) == 1
    assert told(ticket)[-1] == "Taken from Alice Hartmann: works here no more"
    distributing.drain()
    assert owner(ticket) == bob


def test_who_is_away_for_too_long_leaves_them_as_the_team_says(waiting, there, routing, alice, bob):
    ticket = waiting()[0]
    assignment.assign(ticket, alice, actor=alice)
    availability.be(alice, "away", actor=alice)
    Availability.objects.filter(user=alice).update(since=timezone.now() - timedelta(minutes=31))
    assert returning.take_back(timezone.now()) == 0, "the team says nothing of absence"
    TeamRouting.objects.update(absent_minutes=60)
    assert returning.take_back(timezone.now()) == 0
    TeamRouting.objects.update(absent_minutes=30)
    assert returning.take_back(timezone.now()) == 1
    assert told(ticket)[-1] == "Taken from Alice Hartmann: away for too long"


def test_a_pause_takes_nothing_away(waiting, there, routing, alice):
    ticket = waiting()[0]
    assignment.assign(ticket, alice, actor=alice)
    TeamRouting.objects.update(absent_minutes=1)
    availability.be(alice, "paused", actor=alice, reason="lunch")
    Availability.objects.update(since=timezone.now() - timedelta(hours=2))
    assert returning.take_back(timezone.now()) == 0


def test_supervisors_are_told_once_of_what_nobody_has(waiting, routing, sam, alice):
    ticket = waiting()[0]
    waits_since(59)
    assert returning.alarm(timezone.now()) == 0
    waits_since(61)
    assert returning.alarm(timezone.now()) == 1
    assert returning.alarm(timezone.now()) == 0
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
    assert returning.alarm(timezone.now()) == 0
    TeamRouting.objects.update(calendar=None, unowned_minutes=0)
    assert returning.alarm(timezone.now()) == 0, "never, says the team"
    TeamRouting.objects.update(unowned_minutes=30)
    assert returning.alarm(timezone.now()) == 1


def test_many_at_a_time_ring_a_few_times(waiting, routing, sam):
    waiting(returning.ONE_BY_ONE + 3)
    waits_since(61)
    assert returning.alarm(timezone.now()) == returning.ONE_BY_ONE + 3
    assert Notification.objects.filter(kind="unowned").count() == returning.ONE_BY_ONE
    assert Event.objects.filter(kind="unowned").count() == returning.ONE_BY_ONE + 3


def test_tickets_of_no_team_and_of_teams_without_routing_are_watched_too(ticket, sam):
    waits_since(returning.UNOWNED_MINUTES + 1)
    assert returning.alarm(timezone.now()) == 1
    Ticket.objects.update(team=None, waiting_since=timezone.now() - timedelta(minutes=1))
    waits_since(0)
    assert returning.alarm(timezone.now()) == 0
