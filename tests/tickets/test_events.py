"""What happened, told once: who did it, what waits for it, and which pages hear of it."""

import pytest
from django.db import transaction

from tickets import assignment, events, intake, lifecycle
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


class TestTogether:
    """Many events of one transaction are one statement."""

    def test_they_are_written_in_their_order_with_what_waits_for_them(
        self, ticket, alice, django_assert_num_queries
    ):
        before = Event.objects.count()
        with django_assert_num_queries(1), events.together():
            events.record(ticket, Event.Kind.TICKET_OPENED, actor=alice)
            with events.together():
                events.record(ticket, Event.Kind.NOTE_ADDED, actor=alice, why="второй “„ \" ' \\")
            events.record(None, Event.Kind.CUSTOMER_MADE, actor=None, customer=7)
        told = list(Event.objects.order_by("id"))[before:]
        assert [each.kind for each in told] == ["ticket_opened", "note_added", "customer_made"]
        assert told[1].data == {"why": "второй “„ \" ' \\"} and told[1].user == alice
        assert "index" in Reaction.objects.filter(event=told[1]).values_list("name", flat=True)

    def test_none_is_written_when_one_fails(self, ticket, alice):
        before = Event.objects.count()
        with pytest.raises(RuntimeError), events.together():
            events.record(ticket, Event.Kind.NOTE_ADDED, actor=alice)
            raise RuntimeError("no")
        events.record(ticket, Event.Kind.ASSIGNED, actor=alice)
        assert Event.objects.count() == before + 1


class TestWhatNothingFollowsFrom:
    """A reaction with nothing to do for a mail leaves no row."""

    def test_a_new_ticket_has_neither_watchers_nor_a_colleague_nor_a_receipt_to_send(self, written):
        received = intake.receive(written()).events.get()
        assert received.data == {"opens": True}
        assert set(received.reactions.values_list("name", flat=True)) == {"suspect", "recognise", "index"}

    def test_an_answer_to_somebodys_ticket_has(self, written, ticket, alice):
        assignment.assign(ticket, alice, actor=alice)
        answer = intake.receive(written(references=(ticket.messages.get().external_id,)))
        names = set(answer.events.get().reactions.values_list("name", flat=True))
        assert names == {"suspect", "recognise", "index", "release", "watch", "wrote"}
