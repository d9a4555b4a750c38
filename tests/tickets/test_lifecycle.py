"""A ticket's life: opened, answered, waited for, resolved, closed, reopened."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from tickets import intake, lifecycle, replies
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
