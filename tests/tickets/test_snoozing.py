"""Out of the lists for a while: until its time, or until the customer answers, and never for ever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tickets import (
    bin,
    departing,
    filters,
    intake,
    lifecycle,
    reactions,
    reading,
    replies,
    scheduling,
    snoozing,
)
from tickets.models import Draft, Event, Notification, Ticket

pytestmark = pytest.mark.django_db
WORKING_VIEWS = ("open", "mine", "unassigned", "urgent", "waiting")


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def listed(user, view: str) -> list[Ticket]:
    return filters.listed(user, view).tickets


def told(user) -> list[str]:
    reactions.drain()
    return list(Notification.objects.filter(user=user).values_list("kind", flat=True))


def asleep(ticket) -> bool:
    ticket.refresh_from_db()
    return ticket.is_snoozed


def test_it_is_out_of_the_lists_and_in_its_own(ticket, alice, tomorrow):
    Ticket.objects.update(priority=4, assignee=alice)
    assert all(listed(alice, view) for view in ("open", "mine", "urgent", "waiting"))
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    assert [view for view in WORKING_VIEWS if listed(alice, view)] == []
    assert listed(alice, "snoozed") == listed(alice, "all") == [ticket]
    event = Event.objects.get(kind="snoozed")
    assert (event.user, event.data) == (alice, {"until": tomorrow.isoformat()})


def test_it_is_back_when_its_time_has_come(ticket, alice, bob, tomorrow):
    Ticket.objects.update(assignee=bob)
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    reading.see(alice.pk, ticket.pk)
    assert snoozing.wake_due(timezone.now()) == 0
    assert snoozing.wake_due(tomorrow) == 1
    assert snoozing.wake_due(tomorrow) == 0
    assert not asleep(ticket) and listed(alice, "open") == [ticket]
    assert told(alice) == told(bob) == ["woken"], "who snoozed it and who has it"
    assert reading.new_among(alice, [ticket]) == {ticket.pk}


def test_the_customers_word_wakes_it(ticket, alice, written, tomorrow):
    for until in (tomorrow, snoozing.UNTIL_ANSWERED):
        snoozing.snooze(ticket, until=until, actor=alice)
        intake.receive(
            written(references=(ticket.messages.get(text__contains="TP-1").external_id,), text="?")
        )
        assert not asleep(ticket)
    assert Event.objects.filter(kind="woken", data__why="customer_wrote").count() == 2
    assert "woken" in told(alice)


def test_without_an_answer_it_sleeps_on(ticket, alice):
    snoozing.snooze(ticket, until=snoozing.UNTIL_ANSWERED, actor=alice)
    assert snoozing.wake_due(timezone.now() + timedelta(days=4000)) == 0
    assert asleep(ticket)


def test_a_note_and_an_answer_of_ours_leave_it_asleep(ticket, alice, tomorrow):
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    replies.add_note(ticket, author=alice, body="Hm", key=uuid4())
    replies.send(ticket, author=alice, body="Soon.", key=uuid4())
    assert asleep(ticket)


def test_whoever_wakes_it_is_not_told(ticket, alice, bob, tomorrow):
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    snoozing.rouse(ticket, actor=bob)
    snoozing.rouse(ticket, actor=bob)
    assert not asleep(ticket) and told(alice) == []
    assert Event.objects.filter(kind="woken").count() == 1


def test_resolving_ends_it_and_snoozing_opens_what_was_resolved(ticket, alice, tomorrow):
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    lifecycle.resolve(ticket, actor=alice)
    assert not asleep(ticket)
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    assert asleep(ticket) and ticket.status == "open"


def test_in_the_bin_it_sleeps_on(ticket, alice, tomorrow):
    snoozing.snooze(ticket, until=tomorrow, actor=alice)
    bin.delete(ticket, actor=alice)
    assert snoozing.wake_due(tomorrow) == 0
    assert listed(alice, "snoozed") == []


@pytest.mark.parametrize("wrong", [timedelta(seconds=-1), timedelta(days=400)])
def test_a_time_that_makes_no_sense_is_refused(wrong, ticket, alice):
    with pytest.raises(snoozing.BadTime):
        snoozing.snooze(ticket, until=timezone.now() + wrong, actor=alice)
    assert not asleep(ticket)


def test_a_reply_sends_and_snoozes_in_one_step(ticket, alice, tomorrow):
    replies.send(ticket, author=alice, body="Soon.", key=uuid4(), snooze_until=tomorrow)
    assert asleep(ticket) and ticket.snoozed_by == alice


def test_a_scheduled_reply_snoozes_when_it_goes(ticket, alice, tomorrow):
    due = timezone.now() + timedelta(hours=1)
    scheduling.queue(
        ticket, author=alice, mode="reply", body="So.", key=uuid4(), due_at=due, snooze_until=tomorrow
    )
    assert not asleep(ticket)
    Draft.objects.update(due_at=timezone.now())
    departing.drain()
    assert asleep(ticket) and ticket.snoozed_until == tomorrow
