"""What is told to those whose ticket it is: given, answered; one line for a ticket until it is read."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets import assignment, intake, notifications, reactions, replies, snoozing, watching
from tickets.models import Notification, Reaction
from tickets.telling import owning, wording

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


def lines(user) -> list[str]:
    """What is not read yet, in words."""
    reactions.drain()
    return [wording.sentence(line) for line in Notification.objects.unread().filter(user=user).order_by("id")]


@pytest.fixture
def answer(ticket, written):
    """Carol writes on in her ticket."""
    return lambda **fields: intake.receive(
        written(references=(ticket.messages.first().external_id,), **fields)
    )


def test_who_is_given_a_ticket_hears_of_it_and_who_takes_one_does_not(ticket, alice, bob):
    assignment.assign(ticket, alice, actor=alice)
    assert lines(alice) == []
    assignment.assign(ticket, bob, actor=alice)
    assert lines(bob) == [f"Alice Hartmann gave you #{ticket.number}"]
    assignment.assign(ticket, alice, actor=None)
    assert lines(alice) == [f"#{ticket.number} is yours now"]
    assert lines(bob) == [], "it is his no more, and so is the line"


def test_an_answer_is_told_to_whose_ticket_it_is_in_one_line_until_it_is_read(ticket, alice, bob, answer):
    answer(text="Anybody?")
    assert not Notification.objects.exists()
    assignment.assign(ticket, alice, actor=bob)
    answer(text="And?")
    last = answer(text="Hello?")
    assert lines(alice) == [f"The customer wrote on #{ticket.number}, which is yours"]
    assert Notification.objects.get(user=alice).message == last
    assert notifications.seen(alice, ticket) == 1
    answer(text="Thank you")
    assert lines(alice) == [f"The customer wrote on #{ticket.number}, which is yours"]
    assert Notification.objects.filter(user=alice).count() == 2
    assert lines(bob) == []


def test_what_machines_send_and_what_nobody_has_is_told_to_nobody(ticket, alice, answer, written):
    reactions.drain()
    answer()
    intake.receive(written(text="Another thing"))
    assert not Reaction.objects.filter(name="wrote").exists(), "it costs no row where nobody has it"
    assignment.assign(ticket, alice, actor=alice)
    answer(automatic=True)
    assert lines(alice) == []


def test_who_watches_and_has_it_hears_once_and_the_stronger_line_stays(ticket, alice, bob, answer):
    assignment.assign(ticket, alice, actor=bob)
    watching.watch(ticket, alice)
    replies.add_note(ticket, author=bob, body="Look", key=uuid4())
    assert lines(alice) == [f"Bob Marchetti gave you #{ticket.number}"]
    answer()
    assert lines(alice) == [f"The customer wrote on #{ticket.number}, which is yours"]


def test_a_mention_keeps_its_own_line(ticket, alice, bob, answer):
    assignment.assign(ticket, alice, actor=alice)
    replies.add_note(ticket, author=bob, body="@Alice, look", key=uuid4())
    answer()
    reactions.drain()
    kinds = list(Notification.objects.filter(user=alice).order_by("id").values_list("kind", flat=True))
    assert kinds == [Kind.MENTIONED, Kind.WROTE]
    assert notifications.seen(alice, ticket) == 1, "a question to her stays until she opened it"


def test_a_snoozed_ticket_that_is_answered_is_told_as_an_answer(ticket, alice, answer):
    assignment.assign(ticket, alice, actor=alice)
    snoozing.snooze(ticket, until=snoozing.UNTIL_ANSWERED, actor=alice)
    answer()
    assert lines(alice) == [f"The customer wrote on #{ticket.number}, which is yours"]


def test_many_are_told_in_as_many_queries_as_one(ticket, alice, bob, written):
    others = [intake.receive(written(subject=f"No. {number}")).ticket for number in range(4)]
    counts = []
    for tickets in ([ticket], others):
        for each in tickets:
            assignment.assign(each, alice, actor=bob)
        events = [each.events.select_related("ticket__assignee").latest("id") for each in tickets]
        with CaptureQueriesContext(connection) as asked:
            owning.given(events)
        counts.append(len(asked))
    assert counts[0] == counts[1] and len(lines(alice)) == 5


def test_what_becomes_worse_takes_the_place_of_what_was_not_read(ticket, alice, bob):
    for kind in (Kind.DUE_SOON, Kind.PROMISE_DUE, Kind.OVERDUE, Kind.PROMISE_LATE):
        notifications.notify([alice, bob], kind, ticket=ticket)
    assert lines(alice) == [f"#{ticket.number} is overdue", f"A promise on #{ticket.number} has lapsed"]
    notifications.read(alice)
    notifications.notify([alice], Kind.LONG_OVERDUE, ticket=ticket)
    assert lines(alice) == [f"#{ticket.number} is overdue for long"]
    assert Notification.objects.filter(user=alice).count() == 3
