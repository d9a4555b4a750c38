"""What follows from events."""

from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from tickets import assignment, intake, reactions, replies, search
from tickets.models import Reaction

pytestmark = pytest.mark.django_db


def test_a_message_can_be_found_once_reactions_have_run(written):
    message = intake.receive(written(text="The wardrobe hinges squeak", language="en"))
    assert search.find("hinge") == []
    assert reactions.drain() == 1
    assert search.find("hinge") == [message.ticket_id]
    assert not Reaction.objects.exists()


def test_a_ticket_of_somebody_who_left_goes_back_to_its_team(written, ticket, alice):
    assignment.assign(ticket, alice, actor=alice)
    alice.is_active = False
    alice.save()
    intake.receive(written(references=(ticket.messages.get().external_id,)))
    reactions.drain()
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_one_that_fails_waits_and_the_others_go_on(written, monkeypatch):
    bad = intake.receive(written(text="poison"))
    good = intake.receive(written(text="cushion"))
    whole = search.index

    def index(messages) -> None:
        wanted = list(messages)
        if bad.pk in wanted:
            raise ValueError("cannot be read")
        whole(wanted)

    monkeypatch.setattr(search, "index", index)
    reactions.drain()
    assert search.find("cushion") == [good.ticket_id]
    waiting = Reaction.objects.get(name="index")
    assert (waiting.event.message_id, waiting.attempts) == (bad.pk, 1)
    assert "cannot be read" in waiting.error


def test_after_five_failures_it_is_parked_in_sight(written, monkeypatch):
    intake.receive(written())
    monkeypatch.setattr(reactions, "RETRY", reactions.RETRY * 0)

    def index(messages) -> None:
        raise ValueError("never")

    monkeypatch.setattr(search, "index", index)
    for _attempt in range(reactions.MOST_ATTEMPTS + 2):
        reactions.react()
    parked = Reaction.objects.get(name="index")
    assert parked.parked_at is not None
    assert parked.attempts == reactions.MOST_ATTEMPTS


def test_a_tickets_events_are_taken_in_order(written, ticket, alice, monkeypatch):
    seen = []
    monkeypatch.setitem(reactions.REACTIONS, "index", lambda happened: seen.append([e.pk for e in happened]))
    replies.add_note(ticket, author=alice, body="second", key=uuid4())
    replies.add_note(ticket, author=alice, body="third", key=uuid4())
    reactions.drain()
    assert len(seen) == 3
    assert seen == sorted(seen)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_ticket(written):
    intake.receive(written())
    other = connections.create_connection("default")
    with transaction.atomic():
        assert len(reactions._claim(50)) == 1
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(reactions._CLAIM, ["2100-01-01", 250, 50, reactions._LOCKS])
            assert cursor.fetchall() == []
            cursor.execute("ROLLBACK")
    other.close()
    assert connection.in_atomic_block is False
