"""Promises: shown, reminded of, told when they lapse, kept by a reply; they outlive every change of hands."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tickets import (
    assignment,
    bin,
    intake,
    lifecycle,
    merging,
    promises,
    reactions,
    reminders,
    replies,
    scheduling,
)
from tickets.models import Event, Notification, Promise, Ticket

pytestmark = pytest.mark.django_db


def soon(**span) -> object:
    return timezone.now() + timedelta(**(span or {"hours": 8}))


def told() -> list[tuple[str, str]]:
    return [(each.user.name.split()[0], each.kind) for each in Notification.objects.order_by("id")]


def kinds(ticket: Ticket) -> list[str]:
    found = ticket.events.filter(kind__startswith="promise").order_by("id")
    return list(found.values_list("kind", flat=True))


def put_clock(promise: Promise, **fields) -> None:
    Promise.objects.filter(pk=promise.pk).update(**fields)


def test_a_promise_is_on_the_ticket_until_a_reply_keeps_it(ticket, alice):
    due = soon()
    promise = promises.make(ticket, due, actor=alice)
    ticket.refresh_from_db()
    assert ticket.promised_until == due

    reply = replies.send(ticket, author=alice, body="Here it is.", key=uuid4())

    ticket.refresh_from_db()
    promise.refresh_from_db()
    assert (ticket.promised_until, promise.state, promise.kept_by) == (None, "kept", reply)
    kept = ticket.events.get(kind="promise_kept")
    assert (kept.data["in_time"], kept.user) == (True, alice)


def test_a_reply_after_its_time_keeps_it_late(ticket, alice):
    promise = promises.make(ticket, soon(), actor=alice)
    put_clock(promise, due_at=soon(hours=-1))
    replies.send(ticket, author=alice, body="Sorry.", key=uuid4())
    assert ticket.events.get(kind="promise_kept").data["in_time"] is False


def test_notes_forwards_and_copies_to_others_keep_nothing(ticket, alice):
    promises.make(ticket, soon(), actor=alice)
    replies.add_note(ticket, author=alice, body="Ask the store", key=uuid4())
    replies.send(ticket, author=alice, body="Is it there?", key=uuid4(), to=["store@supplier.example"])
    assert kinds(ticket) == ["promise_made"]


def test_an_answer_in_between_leaves_it_open_when_it_says_so(ticket, alice):
    promises.make(ticket, soon(), actor=alice)
    word = promises.Word(keeps=False)
    replies.send(ticket, author=alice, body="Which size?", key=uuid4(), word=word)
    ticket.refresh_from_db()
    assert ticket.promised_until is not None


def test_a_reply_that_promises_makes_it_and_later_moves_it(ticket, alice):
    first, second = soon(), soon(days=2)
    said = replies.send(ticket, author=alice, body="By eight.", key=uuid4(), word=promises.Word(first))
    promise = Promise.objects.get()
    assert (promise.due_at, promise.message, promise.made_by) == (first, said, alice)

    replies.send(ticket, author=alice, body="Later.", key=uuid4(), word=promises.Word(second))

    promise.refresh_from_db()
    ticket.refresh_from_db()
    assert (promise.state, promise.due_at, ticket.promised_until) == ("open", second, second)
    moved = ticket.events.get(kind="promise_moved").data
    assert (moved["in_time"], moved["told"]) == (True, True)


def test_a_reply_that_waits_promises_only_when_it_goes(ticket, alice):
    given = {"mode": "reply", "body": "By Friday", "key": uuid4(), "due_at": soon(minutes=1)}
    row = scheduling.queue(ticket, author=alice, **given, word=promises.Word(soon()))
    assert not Promise.objects.exists()
    scheduling.send_now(row, actor=alice)
    assert Promise.objects.count() == 1


def test_a_reply_that_waited_past_its_own_promise_promises_nothing(ticket, alice):
    given = {"mode": "reply", "body": "By Friday", "key": uuid4(), "due_at": soon(minutes=1)}
    row = scheduling.queue(ticket, author=alice, **given, word=promises.Word(soon(seconds=-1)))
    scheduling.send_now(row, actor=alice)
    assert not Promise.objects.exists()


@pytest.mark.parametrize("span", [{"seconds": -1}, {"days": 400}], ids=["over", "too far"])
def test_nobody_promises_for_the_past_or_the_far_future(ticket, alice, span):
    with pytest.raises(promises.BadTime):
        promises.make(ticket, soon(**span), actor=alice)


def test_making_it_twice_moves_the_one_there_is(ticket, alice, bob):
    first = promises.make(ticket, soon(), actor=alice)
    again = promises.make(ticket, soon(days=1), actor=bob)
    assert (again.pk, again.made_by) == (first.pk, alice)
    assert kinds(ticket) == ["promise_made", "promise_moved"]


def test_taken_back_it_counts_no_more(ticket, alice):
    promise = promises.make(ticket, soon(), actor=alice)
    assert promises.withdraw(ticket, actor=alice) == 1
    assert promises.withdraw(ticket, actor=alice) == 0
    promises.move(promise, soon(days=1), actor=alice)
    promise.refresh_from_db()
    ticket.refresh_from_db()
    assert (promise.state, ticket.promised_until) == ("withdrawn", None)


def test_who_has_the_ticket_is_reminded_once_before_it_lapses(ticket, alice, bob):
    assignment.assign(ticket, bob, actor=bob)
    promise = promises.make(ticket, soon(), actor=alice)
    assert reminders.sweep() == 0
    put_clock(promise, remind_at=soon(seconds=-1))
    assert reminders.sweep() == 1
    assert reminders.sweep() == 0
    assert told() == [("Bob", "promise_due")]


def test_a_reminder_comes_an_hour_ahead_and_of_a_short_promise_at_half_time(ticket, alice, company):
    long = promises.make(ticket, soon(hours=8), actor=alice)
    assert long.due_at - long.remind_at == timedelta(hours=1)
    short = promises.make(ticket, soon(minutes=20), actor=alice)
    assert abs((short.due_at - short.remind_at) - timedelta(minutes=10)) < timedelta(seconds=2)


def test_reassigned_it_is_the_next_one_s_promise_who_is_reminded_too(ticket, alice, bob):
    assignment.assign(ticket, alice, actor=alice)
    promise = promises.make(ticket, soon(), actor=alice)
    put_clock(promise, remind_at=soon(seconds=-1))
    reminders.sweep()
    assert list(Promise.objects.of(alice.pk)) == [promise]

    assignment.assign(ticket, bob, actor=alice)
    reactions.drain()
    reminders.sweep()

    assert told() == [("Alice", "promise_due"), ("Bob", "assigned"), ("Bob", "promise_due")]
    assert (list(Promise.objects.of(alice.pk)), list(Promise.objects.of(bob.pk))) == ([], [promise])


def test_whoever_made_it_keeps_it_while_nobody_has_the_ticket(ticket, alice, bob):
    promise = promises.make(ticket, soon(), actor=alice)
    assert promises.keeper(promise) == alice
    assignment.assign(ticket, bob, actor=bob)
    promise.ticket.refresh_from_db()
    assert promises.keeper(promise) == bob


def test_lapsed_the_keeper_and_the_supervisors_of_the_team_hear_of_it_once(ticket, alice, sam, ada):
    promise = promises.make(ticket, soon(), actor=alice)
    put_clock(promise, due_at=soon(seconds=-1), remind_at=soon(seconds=-2))
    reminders.sweep()
    reminders.sweep()
    assert sorted(told()) == [("Alice", "promise_late"), ("Sam", "promise_late")]
    assert kinds(ticket) == ["promise_made", "promise_lapsed"]


def test_without_a_supervisor_the_admins_hear_of_it(ticket, alice, ada):
    promise = promises.make(ticket, soon(), actor=alice)
    put_clock(promise, due_at=soon(seconds=-1))
    reminders.sweep()
    assert sorted(told()) == [("Ada", "promise_late"), ("Alice", "promise_late")]


def test_of_spam_nobody_is_reminded(ticket, alice, sam):
    promise = promises.make(ticket, soon(), actor=alice)
    put_clock(promise, due_at=soon(seconds=-1), remind_at=soon(seconds=-2))
    bin.mark_spam(ticket, actor=alice)
    assert (reminders.sweep(), told()) == (0, [])


def test_joined_and_parted_the_promise_goes_along(written, alice):
    first, second, third = (intake.receive(written(subject=f"No {n}")).ticket for n in range(3))
    promise = promises.make(first, soon(), actor=alice)
    one = merging.join(first, second, actor=alice)
    reactions.drain()
    merging.join(second, third, actor=alice)
    reactions.drain()
    promise.refresh_from_db()
    third.refresh_from_db()
    assert (promise.ticket, third.promised_until) == (third, promise.due_at)

    merging.undo(one, actor=alice)
    reactions.drain()

    promise.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (promise.ticket, first.promised_until, second.promised_until) == (first, promise.due_at, None)


def test_resolving_without_a_word_keeps_nothing(ticket, alice):
    promises.make(ticket, soon(), actor=alice)
    lifecycle.resolve(ticket, actor=alice)
    ticket.refresh_from_db()
    assert ticket.promised_until is not None
    assert not Event.objects.filter(kind="promise_kept").exists()
