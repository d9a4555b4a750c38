"""Tickets that lose their colleague, and what nobody has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets import assignment, availability
from tickets.models import Availability, HandBack, TeamRouting, Ticket
from tickets.routing import distributing, returning
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db


def owner(ticket: Ticket) -> object:
    return Ticket.objects.get(pk=ticket.pk).assignee


def told(ticket: Ticket) -> list[str]:
    return [history.sentence(event, Names()) for event in ticket.events.order_by("id")]


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
