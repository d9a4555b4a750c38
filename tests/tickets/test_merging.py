"""Joining, splitting, and undoing both, for ever."""

import threading
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from channels_app.messages import Sender, reply_token
from tests.tickets.states import state
from tickets import bin, drafts, filters, intake, lifecycle, merging, reactions, replies, search
from tickets.models import Event, Message, Move, Ticket

pytestmark = pytest.mark.django_db

EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


@pytest.fixture
def other(written) -> Ticket:
    return intake.receive(written(sender=EVE, subject="About Carol's parcel", text="She sent me.")).ticket


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_everything_said_goes_to_the_other(ticket, other, alice):
    replies.send(other, author=alice, body="Who are you?", key=uuid4())
    move = merging.join(other, ticket, actor=alice)

    assert ticket.messages.count() == 3
    assert other.messages.count() == 0
    assert (fresh(other).merged_into, fresh(other).folder) == (ticket, Ticket.Folder.MERGED)
    assert fresh(ticket).preview == "Who are you?"
    assert len(move.message_ids) == 2
    for each, side in ((ticket, "target"), (other, "source")):
        told = each.events.get(kind=Event.Kind.TICKET_JOINED)
        assert (told.user, told.data["side"], told.data["move"]) == (alice, side, move.pk)


def test_a_joined_ticket_is_on_no_list(ticket, other, alice):
    merging.join(other, ticket, actor=alice)
    for view in filters.VIEWS:
        assert other not in filters.listed(alice, view).tickets
    assert other in filters.listed(alice, "open", query=f"#{other.number}").tickets


def test_undone_all_is_as_it_was(ticket, other, alice, bob):
    lifecycle.set_status(ticket, "on_hold", actor=alice)
    before = [state(each) for each in (ticket, other)]
    move = merging.join(other, ticket, actor=alice)
    assert [state(each) for each in (ticket, other)] != before
    undone = merging.undo(move, actor=bob)
    assert [state(each) for each in (ticket, other)] == before
    assert (undone.undone_by, undone.undone_at is not None) == (bob, True)


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_somebody_who_waits_opens_a_finished_ticket_until_it_is_undone(ticket, other, alice, status):
    lifecycle.set_status(ticket, status, actor=alice)
    before = state(ticket)
    move = merging.join(other, ticket, actor=alice)
    assert fresh(ticket).status == Ticket.Status.OPEN
    assert fresh(ticket).waiting_since == other.waiting_since, "not since what was resolved"
    merging.undo(move, actor=alice)
    assert state(ticket) == before


def test_what_came_since_stays_and_its_ticket_stays_open(ticket, other, alice, written):
    lifecycle.resolve(ticket, actor=alice)
    move = merging.join(other, ticket, actor=alice)
    since = intake.receive(written(token=reply_token(ticket.pk)))
    merging.undo(move, actor=alice)
    assert Message.objects.get(pk=since.pk).ticket == ticket
    assert fresh(ticket).status == Ticket.Status.OPEN
    assert other.messages.count() == 1


def test_an_answer_that_was_being_written_goes_along(ticket, other, alice, bob):
    drafts.save(other, author=alice, mode="reply", body="I was about to say")
    drafts.save(other, author=bob, mode="reply", body="So was I")
    drafts.save(ticket, author=bob, mode="reply", body="But here")
    merging.join(other, ticket, actor=alice)
    assert {draft.body for draft in ticket.drafts.all()} == {"I was about to say", "But here"}


def test_what_is_sent_on_a_dead_ticket_goes_out_on_the_living_one(ticket, other, alice):
    stale = fresh(other)
    merging.join(other, ticket, actor=alice)
    assert replies.send(stale, author=alice, body="Late", key=uuid4()).ticket == ticket
    assert replies.add_note(stale, author=alice, body="Late", key=uuid4()).ticket == ticket


def test_joins_in_a_row_are_undone_in_any_order(ticket, other, alice, written):
    last = intake.receive(written(subject="Third")).ticket
    before = [state(each) for each in (ticket, other, last)]
    first = merging.join(other, ticket, actor=alice)
    second = merging.join(ticket, last, actor=alice)
    assert last.messages.count() == 3
    merging.undo(first, actor=alice)
    assert [each.messages.count() for each in (ticket, other, last)] == [0, 1, 2]
    merging.undo(second, actor=alice)
    assert [state(each)["messages"] for each in (ticket, other, last)] == [one["messages"] for one in before]
    assert (state(other), fresh(ticket).merged_into) == (before[1], None)


def test_join_follows_to_the_living_ticket(ticket, other, alice, written):
    last = intake.receive(written(subject="Third")).ticket
    merging.join(ticket, last, actor=alice)
    merging.join(other, ticket, actor=alice)
    assert fresh(other).merged_into == last


def test_one_ticket_is_not_joined_with_itself_or_twice(ticket, other, alice):
    with pytest.raises(merging.CannotMove):
        merging.join(ticket, ticket, actor=alice)
    merging.join(other, ticket, actor=alice)
    for pair in ((other, ticket), (ticket, other)):
        with pytest.raises(merging.CannotMove):
            merging.join(*pair, actor=alice)
    assert Move.objects.count() == 1


def test_undone_twice_is_undone_once(ticket, other, alice):
    move = merging.join(other, ticket, actor=alice)
    merging.undo(move, actor=alice)
    merging.undo(move, actor=alice)
    assert other.events.filter(kind=Event.Kind.JOIN_UNDONE).count() == 1


def test_a_join_can_be_made_again_after_an_undo(ticket, other, alice):
    merging.undo(merging.join(other, ticket, actor=alice), actor=alice)
    again = merging.join(other, ticket, actor=alice)
    merging.undo(again, actor=alice)
    assert other.messages.count() == 1


def test_spam_that_was_joined_comes_back_as_spam(ticket, other, alice):
    bin.mark_spam(other, actor=alice)
    move = merging.join(other, ticket, actor=alice)
    assert bin.restore(fresh(other), actor=alice).folder == Ticket.Folder.MERGED
    bin.empty(timezone.now() + timedelta(days=400))
    merging.undo(move, actor=alice)
    assert fresh(other).folder == Ticket.Folder.SPAM


def test_moved_messages_are_found_under_their_new_subject(ticket, other, alice):
    reactions.drain()
    merging.join(other, ticket, actor=alice)
    reactions.drain()
    assert ticket.pk in search.find("parcel She sent")


class TestSplit:
    @pytest.fixture
    def stray(self, ticket, written) -> Message:
        return intake.receive(written(subject="My invoice", token=reply_token(ticket.pk)))

    def test_a_message_becomes_a_ticket_of_its_own(self, ticket, stray, alice):
        move = merging.split(stray, actor=alice)
        own = Message.objects.get(pk=stray.pk).ticket
        assert own != ticket
        assert (own.subject, own.customer, own.team, own.channel) == (
            "My invoice",
            ticket.customer,
            ticket.team,
            ticket.channel,
        )
        assert (own.status, own.waiting_since) == (Ticket.Status.NEW, stray.created_at)
        assert own.number > ticket.number
        assert (move.source, move.target, move.message_ids) == (ticket, own, [stray.pk])
        assert fresh(ticket).preview.startswith("Good morning")

    def test_undone_it_is_back(self, ticket, stray, alice):
        before = state(ticket)
        move = merging.split(stray, actor=alice)
        merging.undo(move, actor=alice)
        assert state(ticket) == before
        assert fresh(move.target).merged_into == ticket

    def test_the_new_ticket_stays_when_more_was_said_on_it(self, ticket, stray, alice):
        move = merging.split(stray, actor=alice)
        sent = replies.send(move.target, author=alice, body="Which invoice?", key=uuid4())
        merging.undo(move, actor=alice)
        assert fresh(move.target).merged_into is None
        assert Message.objects.get(pk=sent.pk).ticket == move.target

    def test_undone_it_goes_to_the_survivor(self, ticket, other, stray, alice):
        move = merging.split(stray, actor=alice)
        merging.join(ticket, other, actor=alice)
        merging.undo(move, actor=alice)
        assert Message.objects.get(pk=stray.pk).ticket == other

    def test_what_was_split_off_after_a_join_stays_off(self, ticket, other, alice):
        join = merging.join(other, ticket, actor=alice)
        split = merging.split(Message.objects.get(pk=join.message_ids[0]), actor=alice)
        merging.undo(join, actor=alice)
        assert split.target.messages.count() == 1
        assert other.messages.count() == 0

    def test_the_only_message_stays(self, ticket, alice):
        with pytest.raises(merging.CannotMove):
            merging.split(ticket.messages.get(), actor=alice)

    def test_our_own_words_stay(self, ticket, alice):
        sent = replies.send(ticket, author=alice, body="Look", key=uuid4())
        with pytest.raises(merging.CannotMove):
            merging.split(sent, actor=alice)

    def test_twice_is_told(self, stray, alice):
        merging.split(stray, actor=alice)
        with pytest.raises(merging.CannotMove):
            merging.split(Message.objects.get(pk=stray.pk), actor=alice)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_join_two_tickets_into_each_other(ticket, other, alice, bob):
    """One of them wins, the other is told; nothing is lost and nothing hangs."""
    start, refused = threading.Barrier(2), []

    def work(one: Ticket, into: Ticket) -> None:
        start.wait()
        try:
            merging.join(one, into, actor=alice)
        except merging.CannotMove as error:
            refused.append(error)
        finally:
            connection.close()

    pairs = ((ticket, other), (other, ticket))
    workers = [threading.Thread(target=work, args=pair) for pair in pairs]
    [worker.start() for worker in workers]
    [worker.join(10) for worker in workers]
    assert len(refused) == 1
    assert Ticket.objects.filter(merged_into=None).get().messages.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_during_a_join_is_on_the_living_ticket(ticket, written, alice):
    for number in range(4):
        source = intake.receive(written(subject=f"No. {number}")).ticket
        inbound, start = written(token=reply_token(source.pk)), threading.Barrier(2)
        works = (partial(intake.receive, inbound), partial(merging.join, source, ticket, actor=alice))
        workers = [threading.Thread(target=_at_once, args=(start, work)) for work in works]
        [worker.start() for worker in workers]
        [worker.join(10) for worker in workers]
        assert Message.objects.get(external_id=inbound.external_id).ticket == ticket
        assert source.messages.count() == 0


def _at_once(start: threading.Barrier, work) -> None:
    start.wait()
    try:
        work()
    finally:
        connection.close()
