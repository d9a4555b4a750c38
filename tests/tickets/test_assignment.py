"""Whose ticket it is."""

import pytest

from helpdesk.accounts.models import Company
from tests.people import hire
from tickets import assignment, lifecycle
from tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db


def last(ticket: Ticket) -> Event:
    return ticket.events.order_by("-id").first()


def test_a_ticket_is_given_taken_over_and_given_back(ticket, alice, bob):
    for before, after in [(None, alice), (alice, bob), (bob, None)]:
        given = assignment.assign(ticket, after, actor=alice)
        assert given.assignee == after
        assert last(ticket).kind == Event.Kind.ASSIGNED
        assert last(ticket).data == {"before": before and before.pk, "after": after and after.pk}


def test_the_same_again_is_not_told(ticket, alice):
    assignment.assign(ticket, alice, actor=alice)
    told = ticket.events.count()
    assignment.assign(ticket, alice, actor=alice)
    assert ticket.events.count() == told


def test_a_colleague_of_another_team_cannot_take_it(ticket, mallory, alice):
    with pytest.raises(assignment.CannotTake):
        assignment.assign(ticket, mallory, actor=alice)
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_on_an_open_desk_everybody_can(ticket, mallory, alice):
    Company.objects.create(pk=1, open_desk=True)
    assert assignment.assign(ticket, mallory, actor=alice).assignee == mallory


def test_somebody_who_left_cannot_take_it(ticket, orders, alice):
    gone = hire("gone@desk.example", "Gone", "agent", orders, is_active=False)
    with pytest.raises(assignment.CannotTake):
        assignment.assign(ticket, gone, actor=alice)


def test_moving_tells_both_teams(ticket, orders, returns, alice):
    moved = assignment.move(ticket, returns, actor=alice)
    assert moved.team == returns
    assert last(ticket).data == {"before": orders.pk, "after": returns.pk}
    assignment.move(ticket, returns, actor=alice)
    assert ticket.events.filter(kind=Event.Kind.TEAM_CHANGED).count() == 1


def test_moving_away_takes_it_off_an_assignee_who_cannot_follow(ticket, returns, alice):
    assignment.assign(ticket, alice, actor=alice)
    assert assignment.move(ticket, returns, actor=alice).assignee is None
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee) == (returns, None)
    assert [event.kind for event in ticket.events.order_by("-id")[:2]] == ["assigned", "team_changed"]
    assert last(ticket).user is None, "nobody did it; it followed"


def test_an_assignee_of_both_teams_keeps_it(ticket, returns, alice):
    alice.memberships.create(team=returns)
    assignment.assign(ticket, alice, actor=alice)
    assert assignment.move(ticket, returns, actor=alice).assignee == alice


def test_without_a_team_everybody_keeps_what_they_have(ticket, alice):
    assignment.assign(ticket, alice, actor=alice)
    moved = assignment.move(ticket, None, actor=alice)
    assert (moved.team, moved.assignee) == (None, alice)


def test_a_stale_copy_does_no_harm(ticket, alice, bob):
    stale = Ticket.objects.get(pk=ticket.pk)
    lifecycle.resolve(ticket, actor=alice)
    assignment.assign(stale, bob, actor=bob)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (Ticket.Status.RESOLVED, bob)
