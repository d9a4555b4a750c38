"""Many tickets at once: each by its own verb, all of them back by one."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tickets import (
    assignment,
    bin,
    bulk,
    intake,
    lifecycle,
    merging,
    properties,
    reading,
    snoozing,
    watching,
)
from tickets.models import Batch, Event, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(written) -> list[Ticket]:
    return [intake.receive(written(subject=f"Question {number}")).ticket for number in range(3)]


def apply(action, value, tickets, actor) -> Batch:
    return bulk.apply(action, value, [each.number for each in tickets], actor=actor, key=uuid.uuid4())


def state(tickets) -> list[tuple]:
    columns = ("status", "assignee", "team", "priority", "kind", "tags", "folder", "waiting_since")
    found = Ticket.objects.filter(pk__in=[each.pk for each in tickets]).order_by("pk")
    return list(found.values_list(*columns))


@pytest.mark.parametrize(
    ("action", "value", "field", "expected"),
    [
        ("status", "resolved", "status", "resolved"),
        ("status", "waiting", "status", "waiting"),
        ("priority", 4, "priority", 4),
        ("kind", "complaint", "kind", "complaint"),
        ("topic", "delivery", "topic", "delivery"),
        ("tag_add", ["Oak"], "tags", ["blue", "oak"]),
        ("tag_remove", ["blue"], "tags", []),
        ("folder", "spam", "folder", "spam"),
        ("folder", "bin", "folder", "bin"),
    ],
)
def test_what_is_done_to_many_is_undone_as_a_whole(action, value, field, expected, three, alice):
    for ticket in three:
        properties.set_tags(ticket, ["blue"], actor=alice)
    before = state(three)
    batch = apply(action, value, three, alice)
    found = Ticket.objects.filter(pk__in=[each.pk for each in three])
    assert [getattr(ticket, field) for ticket in found] == [expected] * 3
    assert bulk.undo(batch, actor=alice) == 3
    assert state(three) == before, "the clock of who waits included"
    assert bulk.undo(batch, actor=alice) == 0, "once is enough"


def test_many_are_snoozed_and_are_back_as_they_were(three, alice):
    until = timezone.now() + timedelta(days=2)
    lifecycle.resolve(three[0], actor=alice)
    snoozing.snooze(three[1], until=until, actor=alice)
    before = state(three)
    batch = apply("snooze", snoozing.UNTIL_ANSWERED, three, alice)
    slept = Ticket.objects.order_by("pk").values_list("snoozed_until", "status")
    assert list(slept) == [(snoozing.UNTIL_ANSWERED, status) for status in ("open", "new", "new")]
    assert bulk.undo(batch, actor=alice) == 3
    assert state(three) == before
    assert list(Ticket.objects.order_by("pk").values_list("snoozed_until", flat=True)) == [None, until, None]


def test_many_are_woken_and_sleep_on_when_it_is_undone(three, alice, written):
    for ticket in three:
        snoozing.snooze(ticket, until=snoozing.UNTIL_ANSWERED, actor=alice)
    batch = apply("snooze", None, three, alice)
    assert not Ticket.objects.exclude(snoozed_until=None).exists()
    assert bulk.undo(batch, actor=alice) == 3
    assert Ticket.objects.filter(snoozed_until=snoozing.UNTIL_ANSWERED).count() == 3


def test_a_team_takes_the_assignee_along_and_back(three, alice, bob, ada, returns):
    assignment.assign(three[0], bob, actor=alice)
    batch = apply("team", returns, three, ada)
    assert set(Ticket.objects.values_list("team", "assignee")) == {(returns.pk, None)}
    bulk.undo(batch, actor=ada)
    assert Ticket.objects.get(pk=three[0].pk).assignee == bob


def test_assigning_many_tells_each_of_them(three, alice, bob):
    apply("assignee", bob, three, alice)
    assert Ticket.objects.filter(assignee=bob).count() == 3
    assert Event.objects.filter(kind=Event.Kind.ASSIGNED, user=alice).count() == 3


def test_who_may_not_see_a_ticket_is_not_given_it(three, alice, mallory):
    batch = apply("assignee", mallory, three, alice)
    assert (batch.changes, batch.left) == ([], 3)


def test_what_is_not_seen_is_not_touched(three, alice, mallory):
    batch = apply("status", "closed", three, mallory)
    assert (batch.changes, batch.left) == ([], 3)
    assert not Ticket.objects.filter(status="closed").exists()


def test_what_was_changed_again_since_is_left_alone(three, alice, bob):
    batch = apply("status", "resolved", three, alice)
    lifecycle.reopen(three[1], actor=bob)
    properties.set_priority(three[2], 4, actor=bob)
    assert bulk.undo(batch, actor=alice) == 2
    assert [ticket.status for ticket in Ticket.objects.order_by("pk")] == ["new", "open", "new"]


def test_what_is_so_already_stays_out_of_it(three, alice):
    lifecycle.resolve(three[0], actor=alice)
    batch = apply("status", "resolved", three, alice)
    assert len(batch.changes) == 2
    bulk.undo(batch, actor=alice)
    assert Ticket.objects.get(pk=three[0].pk).status == "resolved"


def test_the_same_key_does_it_once(three, alice):
    key, numbers = uuid.uuid4(), [each.number for each in three]
    first = bulk.apply("priority", 4, numbers, actor=alice, key=key)
    assert bulk.apply("priority", 1, numbers, actor=alice, key=key) == first
    assert set(Ticket.objects.values_list("priority", flat=True)) == {4}


def test_what_was_joined_away_is_left(three, alice):
    merging.join(three[0], three[1], actor=alice)
    batch = apply("status", "resolved", three, alice)
    assert batch.left == 1


def test_restoring_many(three, alice):
    for ticket in three:
        bin.delete(ticket, actor=alice)
    apply("folder", "desk", three, alice)
    assert Ticket.objects.on_desk().count() == 3


def test_so_many_and_no_more(three, alice, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(bulk.TooMany):
        apply("priority", 4, three, alice)


def test_old_batches_are_forgotten(three, alice):
    apply("priority", 4, three, alice)
    assert bulk.forget() == 0
    Batch.objects.update(made_at="2020-01-01T00:00:00Z")
    assert bulk.forget() == 1


def test_every_action_is_tested():
    assert set(bulk.ACTIONS) == {
        "assignee",
        "team",
        "status",
        "priority",
        "kind",
        "topic",
        "tag_add",
        "tag_remove",
        "folder",
        "snooze",
    }


def test_what_is_new_and_what_is_watched_changes_for_oneself_alone(three, alice, bob):
    def mine(user) -> tuple[int, int]:
        return len(reading.new_among(user, three)), user.watches.count()

    reading.see(alice.pk, three[0].pk)
    watching.watch(three[0], alice)
    before, of_bob = mine(alice), mine(bob)
    for name, after in (("new", (3, 1)), ("watch", (2, 3))):
        batch = apply(name, True, three, alice)
        assert mine(alice) == after and mine(bob) == of_bob
        assert bulk.undo(batch, actor=alice) == len(batch.changes) > 0
        assert mine(alice) == before
    apply("new", False, three, alice)
    apply("watch", False, three, alice)
    assert mine(alice) == (0, 0) and mine(bob) == of_bob
