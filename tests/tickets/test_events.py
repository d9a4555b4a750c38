"""What happened, told once: who did it, what waits for it, and which pages hear of it."""

import pytest
from django.db import transaction

from tickets import assignment, events, lifecycle
from tickets.models import Event, Reaction, Ticket

pytestmark = pytest.mark.django_db


def test_it_says_who_did_it_and_holds_no_words_of_people(ticket, alice, carol):
    first = ticket.events.first()
    assert (first.kind, first.user, first.customer) == (Event.Kind.TICKET_OPENED, None, carol)
    lifecycle.resolve(ticket, actor=alice)
    last = ticket.events.last()
    assert (last.user, last.customer) == (alice, None)
    words = "".join(str(event.data) for event in ticket.events.all())
    assert "parcel" not in words and "Carol" not in words


def test_it_may_be_about_something_else_than_a_ticket(alice):
    events.record(None, Event.Kind.CUSTOMER_MADE, actor=alice, customer=7)
    told = Event.objects.get()
    assert (told.ticket, told.user, told.data) == (None, alice, {"customer": 7})
    assert not told.reactions.exists()


def test_what_waits_for_it_waits_at_its_ticket_from_that_moment(ticket):
    received = ticket.events.get(kind=Event.Kind.MESSAGE_RECEIVED)
    waiting = Reaction.objects.filter(event=received)
    assert [each.name for each in waiting.order_by("id")][:1] == ["index"]
    assert {(each.ticket_id, each.due_at, each.attempts) for each in waiting} == {(ticket.pk, received.at, 0)}


def test_it_is_not_told_when_it_did_not_happen(ticket, alice):
    told = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        lifecycle.resolve(ticket, actor=alice)
        raise RuntimeError("the rest failed")
    assert Event.objects.count() == told
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.NEW


@pytest.mark.parametrize(
    ("team", "escalated", "heard"),
    [
        (True, False, {"team"}),
        (False, False, {"team-none"}),
        (True, True, {"team", "escalated"}),
        (False, True, {"team-none", "escalated"}),
    ],
)
def test_the_ticket_its_team_the_desk_and_supervisors_hear_of_it(ticket, alice, team, escalated, heard):
    if not team:
        ticket = assignment.move(ticket, None, actor=alice)
    if escalated:
        ticket.escalated_at = ticket.created_at
    wanted = {f"team-{ticket.team_id}" if name == "team" else name for name in heard}
    assert set(events.hints(ticket)) == {f"ticket-{ticket.pk}", "desk", *wanted}
