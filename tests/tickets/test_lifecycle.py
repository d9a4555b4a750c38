"""A ticket's life: opened, answered, waited for, resolved, closed, reopened."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from tickets import bin, intake, lifecycle, merging, replies
from tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db


def kinds(ticket: Ticket) -> list[str]:
    return list(ticket.events.order_by("id").values_list("kind", flat=True))


def test_a_ticket_takes_team_and_language_from_its_mailbox_and_message(written, mailbox, orders):
    ticket = intake.receive(written(language="hu")).ticket
    assert (ticket.team, ticket.channel, ticket.language) == (orders, mailbox, "hu")
    assert ticket.customer.language == "hu"


def test_a_known_customers_language_outlives_a_message_in_another(written, ticket):
    ticket.customer.language = "ru"
    ticket.customer.save()
    later = intake.receive(written(language="en")).ticket
    later.customer.refresh_from_db()
    assert (later.language, later.customer.language) == ("en", "ru")


def test_without_a_hint_the_mailbox_says_the_language(written, mailbox):
    mailbox.language = "hu"
    mailbox.save()
    assert intake.receive(written()).ticket.language == "hu"


def test_numbers_rise(written):
    first, second = intake.receive(written()).ticket, intake.receive(written()).ticket
    assert second.number > first.number


@pytest.mark.parametrize("status", ["open", "waiting", "on_hold", "resolved", "closed"])
def test_a_status_is_told_once(ticket, alice, status):
    lifecycle.set_status(ticket, status, actor=alice)
    lifecycle.set_status(ticket, status, actor=alice)
    told = ticket.events.get(kind=Event.Kind.STATUS_CHANGED)
    assert told.user == alice
    assert told.data == {"before": "new", "after": status}


@pytest.mark.parametrize(
    ("steps", "resolved", "closed"),
    [
        (["resolved"], True, False),
        (["closed"], True, True),
        (["resolved", "closed"], True, True),
        (["closed", "resolved"], True, False),
        (["resolved", "open"], False, False),
        (["closed", "on_hold"], False, False),
    ],
)
def test_times_follow_the_status(ticket, alice, steps, resolved, closed):
    for status in steps:
        ticket = lifecycle.set_status(ticket, status, actor=alice)
    ticket.refresh_from_db()
    assert (ticket.resolved_at is not None, ticket.closed_at is not None) == (resolved, closed)


def test_closing_keeps_when_it_was_resolved(ticket, alice):
    resolved = lifecycle.resolve(ticket, actor=alice).resolved_at
    assert lifecycle.set_status(ticket, "closed", actor=alice).resolved_at == resolved


def test_resolve_and_reopen(ticket, alice):
    assert lifecycle.resolve(ticket, actor=alice).status == Ticket.Status.RESOLVED
    assert lifecycle.reopen(ticket, actor=alice).status == Ticket.Status.OPEN
    assert kinds(ticket)[2:] == ["status_changed", "status_changed"]


def test_an_unknown_status_changes_nothing(ticket, alice):
    with pytest.raises(ValueError, match="nonsense"):
        lifecycle.set_status(ticket, "nonsense", actor=alice)
    assert Event.Kind.STATUS_CHANGED not in kinds(ticket)


def test_an_answer_opens_a_new_ticket_and_ends_the_wait(ticket, alice):
    replies.send(ticket, author=alice, body="It  comes\n\ntomorrow.", key=uuid4())
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since) == (Ticket.Status.OPEN, None)
    assert ticket.preview == "It comes tomorrow."
    first = ticket.first_replied_at
    replies.send(ticket, author=alice, body="Or the day after.", key=uuid4())
    ticket.refresh_from_db()
    assert ticket.first_replied_at == first


def test_a_second_word_of_the_customer_does_not_restart_the_wait(written, ticket):
    began = ticket.waiting_since
    intake.receive(written(references=(ticket.messages.get().external_id,), text="Hello?"))
    ticket.refresh_from_db()
    assert (ticket.waiting_since, ticket.preview) == (began, "Hello?")
    assert ticket.messages.count() == 2


def test_the_preview_is_one_short_line():
    assert lifecycle.preview(" a\n\n b\t c ") == "a b c"
    assert len(lifecycle.preview("word " * 500)) <= Ticket._meta.get_field("preview").max_length


@pytest.mark.django_db(transaction=True)
def test_two_who_resolve_at_once_tell_it_once(ticket, alice, bob):
    start = threading.Barrier(2)

    def work(user) -> None:
        start.wait()
        lifecycle.resolve(ticket, actor=user)
        connection.close()

    workers = [threading.Thread(target=work, args=[user]) for user in (alice, bob)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert kinds(ticket).count("status_changed") == 1


@pytest.mark.parametrize("status", ["waiting", "resolved", "closed"])
def test_a_customer_whose_ticket_needs_no_answer_waits_no_longer(ticket, alice, status):
    assert ticket.waiting_since
    assert lifecycle.set_status(ticket, status, actor=alice).waiting_since is None


def test_a_ticket_put_on_hold_still_owes_an_answer(ticket, alice):
    assert lifecycle.set_status(ticket, "on_hold", actor=alice).waiting_since == ticket.waiting_since


def test_the_customers_word_says_why_the_ticket_is_open_again(written, ticket, alice):
    lifecycle.set_status(ticket, "waiting", actor=alice)
    intake.receive(written(references=(ticket.messages.get().external_id,)))
    told = ticket.events.filter(kind=Event.Kind.STATUS_CHANGED).last()
    assert (told.user, told.customer) == (None, None)
    assert told.data == {"before": "waiting", "after": "open", "why": "customer_wrote"}


@pytest.mark.parametrize("status", ["new", "open"])
def test_a_word_on_a_ticket_that_is_worked_on_changes_no_status(written, ticket, alice, status):
    lifecycle.set_status(ticket, status, actor=alice)
    told = kinds(ticket)
    intake.receive(written(references=(ticket.messages.get().external_id,)))
    ticket.refresh_from_db()
    assert (ticket.status, kinds(ticket)) == (status, [*told, "message_received"])


@pytest.mark.parametrize(("answered", "folder"), [(True, "desk"), (False, "spam")])
def test_a_filter_on_the_way_is_not_believed_of_whom_we_have_answered(
    written, ticket, alice, answered, folder
):
    if answered:
        replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
    assert intake.receive(written(spam=True)).ticket.folder == folder


def test_an_answer_on_spam_makes_nobody_known(written, ticket, alice):
    replies.send(bin.mark_spam(ticket, actor=alice), author=alice, body="Who are you?", key=uuid4())
    assert intake.receive(written(spam=True)).ticket.folder == Ticket.Folder.SPAM


class TestTheLivingTicket:
    @pytest.fixture
    def joined(self, ticket, written, alice) -> tuple[Ticket, Ticket]:
        """A ticket that was joined into a second and with it into a third; and the third."""
        second, last = (intake.receive(written(subject=name)).ticket for name in ("second", "last"))
        merging.join(ticket, second, actor=alice)
        merging.join(second, last, actor=alice)
        return ticket, last

    def test_is_found_over_all_joins(self, joined):
        dead, last = joined
        assert lifecycle.survivor(dead.pk) == lifecycle.survivor(last.pk) == last.pk
        assert lifecycle.lock_living(dead.pk) == last
        assert lifecycle.lock(dead, follow=True) == last

    def test_is_led_to_only_where_something_is_said(self, joined, alice):
        dead, last = joined
        assert lifecycle.lock(dead) == dead
        assert replies.add_note(dead, author=alice, body="Hm", key=uuid4()).ticket == last

    def test_of_an_erased_one_is_none(self, ticket):
        ticket.delete()
        assert lifecycle.lock_living(10**12) is None


class TestCountedAgain:
    """What a ticket says of its messages once some of them have gone elsewhere."""

    def test_only_what_was_said_to_or_by_the_customer_counts(self, written, ticket, alice):
        sent = replies.send(ticket, author=alice, body="Look in the shed.", key=uuid4())
        stray = intake.receive(written(references=(sent.external_id,), text="And my invoice?"))
        replies.add_note(ticket, author=alice, body="Two things at once", key=uuid4())
        intake.receive(written(references=(sent.external_id,), text="I am away.", automatic=True))
        merging.split(stray, actor=alice)
        ticket.refresh_from_db()
        assert (ticket.preview, ticket.last_message_at) == ("Look in the shed.", sent.created_at)
        assert (ticket.first_replied_at, ticket.waiting_since) == (sent.created_at, None)

    def test_who_was_not_answered_here_waits_since_their_first_unanswered_word(self, written, ticket, alice):
        first = ticket.messages.get()
        second = intake.receive(written(references=(first.external_id,), text="Hello?"))
        stray = intake.receive(written(references=(first.external_id,), text="My invoice"))
        merging.split(stray, actor=alice)
        ticket.refresh_from_db()
        assert (ticket.preview, ticket.waiting_since) == (second.text, first.created_at)

    def test_whose_wait_was_ended_by_hand_does_not_wait_again(self, written, ticket, alice):
        stray = intake.receive(written(references=(ticket.messages.get().external_id,), text="My invoice"))
        lifecycle.set_status(ticket, "waiting", actor=alice)
        merging.split(stray, actor=alice)
        ticket.refresh_from_db()
        assert ticket.waiting_since is None

    def test_an_answer_that_goes_back_takes_the_first_reply_along(self, written, ticket, alice):
        other = intake.receive(written(subject="Lamp")).ticket
        replies.send(other, author=alice, body="It is in the post.", key=uuid4())
        move = merging.join(other, ticket, actor=alice)
        intake.receive(written(references=(ticket.messages.first().external_id,), text="Hello?"))
        merging.undo(move, actor=alice)
        ticket.refresh_from_db()
        assert (ticket.first_replied_at, ticket.preview) == (None, "Hello?")
