"""What falls due is told once; changed policies reach the open tickets."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk.accounts.models import Calendar, Shift
from tests.tickets.sla.conftest import clock, earlier, now, told
from tickets import assignment, lifecycle, properties, reactions, replies
from tickets.models import Notification, Reaction, SlaClock, SlaEdition, SlaPolicy, SlaVersion, Ticket
from tickets.sla import policies, settling
from tickets.sla.sweeping import sweep

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def answer(ticket: Ticket, user) -> None:
    replies.send(ticket, author=user, body="It is on its way", key=uuid.uuid4())
    reactions.drain()


def test_a_new_ticket_has_its_clocks_and_says_what_is_due_first(arrived, policy):
    ticket = arrived()
    first, whole = clock(ticket, "first_reply"), clock(ticket, "resolution")
    assert (first.started_at, first.due_at) == (ticket.created_at, ticket.created_at + HOUR)
    assert first.next_at == first.warn_at == ticket.created_at + 45 * MINUTE
    assert whole.due_at == ticket.created_at + 24 * HOUR
    assert (ticket.due_at, ticket.due_soon_at, ticket.due_target) == (
        first.due_at,
        first.warn_at,
        "first_reply",
    )


def test_without_policies_nothing_is_kept_and_no_row_waits(arrived, written):
    ticket = arrived()
    assert not SlaClock.objects.exists()
    assert ticket.due_at is None
    assert sweep() == 0


def test_each_threshold_is_crossed_once_and_whoever_has_it_hears_of_it(arrived, policy, alice, sam):
    ticket = arrived()
    assignment.assign(ticket, alice, actor=sam)
    earlier(ticket, 50 * MINUTE)
    assert (sweep(), sweep()) == (1, 0)
    assert told(ticket) == ["sla_warned"]
    line = Notification.objects.get(kind="due_soon")
    assert (line.user, line.ticket) == (alice, ticket)
    earlier(ticket, 20 * MINUTE)
    assert (sweep(), sweep()) == (1, 0)
    assert told(ticket) == ["sla_warned", "sla_breached"]
    lines = Notification.objects.filter(kind="overdue")
    assert {line.user for line in lines} == {alice, sam}
    first = clock(ticket, "first_reply")
    assert first.next_at is None
    assert first.outcome == ""


def test_after_an_outage_what_is_old_is_noted_and_nobody_is_told(arrived, policy, sam):
    ticket = arrived()
    earlier(ticket, 3 * HOUR)
    assert sweep() == 2
    assert told(ticket) == ["sla_warned noted", "sla_breached noted"]
    assert not Notification.objects.exists()


def test_of_what_was_crossed_together_only_the_last_is_news(arrived, policy, alice):
    ticket = arrived()
    earlier(ticket, 65 * MINUTE)
    sweep()
    assert told(ticket) == ["sla_warned noted", "sla_breached"]
    assert set(Notification.objects.values_list("kind", flat=True)) == {"overdue"}


def test_a_reply_in_time_meets_the_first_and_the_customers_word_starts_the_next(
    arrived, written, policy, alice
):
    ticket = arrived()
    answer(ticket, alice)
    assert clock(ticket, "first_reply").outcome == "met"
    assert now(ticket).due_target == "resolution"
    again = arrived(references=(ticket.messages.last().external_id,))
    assert again.pk == ticket.pk
    running = clock(ticket, "next_reply")
    assert running.due_at == again.waiting_since + 2 * HOUR
    assert now(ticket).due_at == running.due_at
    answer(ticket, alice)
    assert clock(ticket, "next_reply").outcome == "met"


def test_a_reply_that_came_late_is_noted_even_when_no_sweep_saw_it(arrived, policy, alice):
    ticket = arrived()
    earlier(ticket, 2 * HOUR)
    answer(ticket, alice)
    assert clock(ticket, "first_reply").outcome == "late"
    assert told(ticket) == ["sla_breached noted"]
    assert sweep() == 0


def test_waiting_for_the_customer_pauses_and_their_word_goes_on(arrived, written, policy, alice):
    ticket = arrived()
    answer(ticket, alice)
    earlier(ticket, 10 * HOUR)
    lifecycle.set_status(ticket, "waiting", actor=alice)
    reactions.drain()
    whole = clock(ticket, "resolution")
    assert (whole.due_at, whole.next_at) == (None, None)
    assert (now(ticket).due_at, now(ticket).due_target) == (None, "resolution")
    earlier(ticket, 30 * HOUR)
    assert sweep() == 0, "time stands still"
    arrived(references=(ticket.messages.last().external_id,))
    left = clock(ticket, "resolution").due_at - timezone.now()
    assert abs(left - 14 * HOUR) < MINUTE


def test_resolved_is_met_and_reopened_runs_on_without_the_time_between(arrived, policy, alice):
    ticket = arrived()
    answer(ticket, alice)
    earlier(ticket, 4 * HOUR)
    lifecycle.resolve(ticket, actor=alice)
    reactions.drain()
    assert clock(ticket, "resolution").outcome == "met"
    assert now(ticket).due_target == ""
    earlier(ticket, 40 * HOUR)
    lifecycle.reopen(ticket, actor=alice)
    reactions.drain()
    whole = clock(ticket, "resolution")
    assert (whole.ended_at, whole.outcome) == (None, "")
    assert abs(whole.due_at - timezone.now() - 20 * HOUR) < MINUTE


def test_a_priority_that_no_policy_names_leaves_times_alone(arrived, policy, alice):
    ticket = arrived()
    properties.set_priority(ticket, Ticket.Priority.URGENT, actor=alice)
    assert not Reaction.objects.filter(ticket_id=ticket.pk, name="keep_time").exists()


def test_a_raised_priority_lets_another_policy_fit(arrived, policy, alice):
    quick = SlaPolicy.objects.create(name="Urgent", priority=4, first_reply=10, position=0)
    SlaPolicy.objects.filter(pk=policy.pk).update(position=1)
    policies.notice(timezone.now())
    ticket = arrived()
    properties.set_priority(ticket, Ticket.Priority.URGENT, actor=alice)
    reactions.drain()
    assert clock(ticket, "first_reply").version.policy == quick
    assert now(ticket).due_at == ticket.created_at + 10 * MINUTE
    assert clock(ticket, "resolution").outcome == "dropped"


def test_what_is_overdue_is_raised_and_given_back_where_the_policy_says_so(arrived, policy, alice, sam):
    SlaPolicy.objects.update(raises_priority=True, escalate_minutes=15, hands_back=True)
    policies.notice(timezone.now())
    ticket = arrived()
    assignment.assign(ticket, alice, actor=sam)
    earlier(ticket, 61 * MINUTE)
    sweep()
    assert now(ticket).priority == Ticket.Priority.HIGH
    assert now(ticket).assignee == alice
    earlier(ticket, 15 * MINUTE)
    sweep()
    assert now(ticket).assignee is None
    assert told(ticket)[-1] == "sla_escalated"
    assert Notification.objects.filter(kind="long_overdue", user=sam).exists()


def test_spam_is_not_timed_and_comes_back_without_that_time(arrived, policy, alice):
    from_bin = arrived()
    Ticket.objects.filter(pk=from_bin.pk).update(is_internal=True)
    settling.settle([from_bin.pk], timezone.now())
    assert not SlaClock.objects.open().filter(ticket=from_bin).exists()
    assert now(from_bin).due_target == ""


def test_a_changed_policy_is_a_new_version_that_reaches_the_open_tickets(arrived, policy):
    ticket, other = arrived(), arrived()
    lifecycle.resolve(other, actor=None)
    reactions.drain()
    SlaPolicy.objects.update(first_reply=30)
    sweep()
    assert list(SlaVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert clock(ticket, "first_reply").version.number == 1, "workers may go by the old one still"
    sweep(timezone.now() + MINUTE)
    first = clock(ticket, "first_reply")
    assert (first.version.number, first.due_at) == (2, ticket.created_at + 30 * MINUTE)
    assert clock(other, "first_reply").version.number == 1
    assert SlaEdition.objects.filter(finished_at=None).count() == 0


def test_a_holiday_put_into_the_calendar_makes_a_version_too(arrived, policy):
    calendar = Calendar.objects.create(name="Office")
    Shift.objects.create(calendar=calendar, weekday=0, starts="09:00", ends="17:00")
    SlaPolicy.objects.update(calendar=calendar)
    sweep()
    calendar.holidays.create(day="2026-12-25")
    sweep()
    assert SlaVersion.objects.count() == 3
    assert sweep() == 0
    assert SlaVersion.objects.count() == 3


def test_the_last_policy_gone_stops_all_clocks(arrived, policy):
    ticket = arrived()
    policy.delete()
    sweep()
    sweep(timezone.now() + MINUTE)
    assert not SlaClock.objects.open().exists()
    assert now(ticket).due_at is None
    assert SlaClock.objects.filter(outcome="dropped").count() == 2


def test_a_sweep_touches_nothing_that_is_not_due(arrived, policy, django_assert_max_num_queries):
    arrived()
    before = list(SlaClock.objects.order_by("id").values())
    with django_assert_max_num_queries(14):
        assert sweep() == 0
    assert list(SlaClock.objects.order_by("id").values()) == before
