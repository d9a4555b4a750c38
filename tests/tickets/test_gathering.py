"""Several tickets become one, and all of them are themselves again by one undoing."""

import uuid

import pytest

from channels_app.messages import Sender
from tickets import access, gathering, intake, merging, replies
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(written) -> list[Ticket]:
    return [intake.receive(written(subject=f"Question {number}")).ticket for number in range(3)]


def gather(tickets, into, actor, key=None):
    numbers = [each.number for each in tickets]
    return gathering.gather(numbers, into=into.number, actor=actor, key=key or uuid.uuid4())


def told(tickets) -> list[tuple]:
    columns = ("folder", "merged_into", "status", "waiting_since", "preview")
    return list(
        Ticket.objects.filter(pk__in=[each.pk for each in tickets]).order_by("pk").values_list(*columns)
    )


def test_all_are_part_of_the_one_that_goes_on_and_themselves_again(three, alice):
    before = told(three)
    batch = gather(three, three[1], alice)
    assert (len(batch.changes), batch.left) == (2, 0)
    assert three[1].messages.count() == 3
    assert gathering.undo(batch, actor=alice) == 2
    assert told(three) == before
    assert gathering.undo(batch, actor=alice) == 0, "once is enough"


def test_what_came_since_stays_with_the_one_that_went_on(three, alice):
    batch = gather(three, three[0], alice)
    replies.add_note(three[0], author=alice, body="They are one matter.", key=uuid.uuid4())
    gathering.undo(batch, actor=alice)
    assert [ticket.messages.count() for ticket in three] == [2, 1, 1]


def test_the_same_key_does_it_once(three, alice):
    key = uuid.uuid4()
    assert gather(three, three[0], alice, key) == gather(three, three[0], alice, key)


def test_what_is_not_seen_is_not_joined(three, alice, mallory, returns):
    with pytest.raises(gathering.Nothing):
        gather(three, three[0], mallory)
    Ticket.objects.filter(pk=three[2].pk).update(team=returns)
    assert gather(three, three[0], alice).left == 1
    assert not Ticket.objects.get(pk=three[2].pk).merged_into_id


def test_what_was_taken_apart_alone_is_left_by_the_undoing(three, alice):
    batch = gather(three, three[0], alice)
    merging.undo(access.move(alice, batch.changes[0][2]), actor=alice)
    assert gathering.undo(batch, actor=alice) == 1


def test_different_customers_may_become_one_ticket(three, alice, written):
    dave = Sender(identity_kind="email", identity="dave@mail.example", name="Dave Ito")
    other = intake.receive(written(sender=dave)).ticket
    assert len(gather([three[0], other], three[0], alice).changes) == 1


def test_so_many_and_no_more(three, alice, monkeypatch):
    monkeypatch.setattr(gathering, "MOST", 2)
    with pytest.raises(gathering.TooMany):
        gather(three, three[0], alice)
