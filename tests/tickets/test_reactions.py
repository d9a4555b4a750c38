"""What follows from events."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from tickets import assignment, events, intake, reactions, replies, search
from tickets.models import Event, Reaction

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
            cursor.execute(reactions._CLAIM, ["2100-01-01", 250, 50, reactions._LOCKS, 50])
            assert cursor.fetchall() == []
            cursor.execute("ROLLBACK")
    other.close()
    assert connection.in_atomic_block is False


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_works_behind_what_the_first_has(written):
    def work() -> int:
        try:
            return reactions.react(limit=1)
        finally:
            connections.close_all()

    first, second = intake.receive(written()), intake.receive(written(subject="Another"))
    with transaction.atomic():
        assert [each.event.ticket for each in reactions._claim(1)] == [first.ticket]
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(work).result(timeout=20) == 1
    assert set(Reaction.objects.values_list("ticket_id", flat=True)) == {first.ticket_id}
    assert second.ticket_id != first.ticket_id


def test_a_parked_reaction_is_tried_once_more_when_an_admin_says_so(written, ada, monkeypatch):
    def fail(happened) -> None:
        raise RuntimeError("no")

    with monkeypatch.context() as broken:
        broken.setitem(reactions.REACTIONS, "index", fail)
        message = intake.receive(written(text="zeppelin"))
        for _ in range(reactions.MOST_ATTEMPTS):
            Reaction.objects.update(due_at=timezone.now())
            reactions.drain()
    parked = Reaction.objects.filter(parked_at__isnull=False).first()
    assert (parked.attempts, "no" in parked.error) == (reactions.MOST_ATTEMPTS, True)
    assert reactions.drain() == 0
    for each in Reaction.objects.filter(event=parked.event):
        reactions.unpark(each, actor=ada)
        reactions.unpark(each, actor=ada)
    parked.refresh_from_db()
    assert (parked.parked_at, parked.attempts, parked.error) == (None, 0, "")
    reactions.drain()
    assert search.find("zeppelin") == [message.ticket_id]


def test_what_is_not_parked_is_not_hurried(written, ada):
    intake.receive(written())
    later = timezone.now() + timedelta(hours=1)
    Reaction.objects.update(due_at=later)
    reactions.unpark(Reaction.objects.first(), actor=ada)
    assert set(Reaction.objects.values_list("due_at", flat=True)) == {later}


class TestRegistered:
    """What an app above adds to what always follows."""

    @pytest.fixture
    def seen(self, monkeypatch) -> list[str]:
        monkeypatch.setattr(reactions, "REACTIONS", dict(reactions.REACTIONS))
        monkeypatch.setattr(events, "_followers", {k: dict(v) for k, v in events._followers.items()})
        return []

    def test_it_hears_of_its_kinds_alone(self, seen, ticket, alice):
        reactions.drain()
        reactions.register(
            "listen",
            lambda happened: seen.extend(event.kind for event in happened),
            kinds=[Event.Kind.NOTE_ADDED, Event.Kind.ASSIGNED],
        )
        replies.add_note(ticket, author=alice, body="Hm", key=uuid4())
        replies.send(ticket, author=alice, body="Tomorrow", key=uuid4())
        assignment.assign(ticket, alice, actor=alice)
        reactions.drain()
        assert seen == ["note_added", "assigned"]

    def test_what_nobody_wants_at_that_moment_leaves_nothing_behind(self, seen, ticket, alice):
        reactions.drain()
        wanted = {"now": False}
        reactions.register(
            "listen",
            lambda happened: seen.extend(event.kind for event in happened),
            kinds=[Event.Kind.ASSIGNED],
            wanted=lambda fact: wanted["now"],
        )
        assignment.assign(ticket, alice, actor=alice)
        assert not Reaction.objects.filter(name="listen").exists()
        wanted["now"] = True
        reactions.drain()
        assert seen == []
        assignment.assign(ticket, None, actor=alice)
        reactions.drain()
        assert seen == ["assigned"]


def test_a_burst_after_quiet_hours_is_not_compared_all_with_all(ticket):
    """The statistics of a queue are those of an empty table."""
    Reaction.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_reaction")
    with events.together():
        for _each in range(400):
            events.record(ticket, Event.Kind.NOTE_ADDED, actor=None)
    claim = [timezone.now(), 250, 50, 7261, 50]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + reactions._CLAIM, claim)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "reaction_turn" in plan, plan
    assert "Materialize" not in plan and "Join Filter" not in plan, plan
