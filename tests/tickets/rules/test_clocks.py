"""Rules of time: each rings once in a state, and only where its time has come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk.accounts.models import Calendar
from tests.ruling import row
from tickets import intake, lifecycle, promises, properties, reactions
from tickets.models import RuleAlarm, RuleRun, TeamRouting, Ticket
from tickets.rules import compiling, ringing

pytestmark = pytest.mark.django_db
WEEK = {"clock": "status", "minutes": 7 * 1440, "statuses": ["waiting"]}


def days(count: float):
    return timezone.now() + timedelta(days=count)


def wait_for(ticket: Ticket, alice) -> None:
    lifecycle.set_status(ticket, "waiting", actor=alice)
    reactions.drain()


class TestWaiting:
    def test_it_rings_once_when_the_time_has_come(self, ruled, ticket, alice):
        ruled("Reminder", WEEK, [("tag_add", ["reminded"])])
        ringing.sweep(days(0))
        wait_for(ticket, alice)
        assert ringing.sweep(days(6.9)) == 0
        assert ringing.sweep(days(7.1)) == 1
        assert Ticket.objects.get(pk=ticket.pk).tags == ["reminded"]
        assert ringing.sweep(days(8)) == 0
        assert RuleRun.objects.count() == 1

    def test_in_a_new_state_it_rings_anew_and_not_in_one_that_ended(self, ruled, written, alice):
        ruled("Reminder", WEEK, [("note", "Waits for a week")])
        ticket = intake.receive(written()).ticket
        wait_for(ticket, alice)
        message = written(text="Here I am", subject=f"Re: {ticket.subject}")
        lifecycle.customer_wrote(lifecycle.lock(ticket), message)
        reactions.drain()
        assert ringing.sweep(days(8)) == 0
        wait_for(ticket, alice)
        assert ringing.sweep(days(8)) == 1

    def test_conditions_are_asked_when_it_rings(self, ruled, ticket, alice):
        ruled("Low", WEEK, [("status", "resolved")], if_={"all": [row("priority", "is", ["low"])]})
        wait_for(ticket, alice)
        assert ringing.sweep(days(8)) == 1
        assert Ticket.objects.get(pk=ticket.pk).status == "waiting"

    def test_a_status_given_by_a_rule_winds_the_next(self, ruled, ticket, alice):
        ruled("Wait", ["tags_changed"], [("status", "waiting")])
        ruled("Then", WEEK, [("status", "resolved")])
        properties.set_tags(ticket, ["x"], actor=alice)
        reactions.drain()
        assert ringing.sweep(days(8)) == 1
        assert Ticket.objects.get(pk=ticket.pk).status == "resolved"

    def test_at_night_it_waits_for_the_morning(self, ruled, ticket, alice, orders):
        calendar = Calendar.objects.create(name="Never today", time_zone="UTC")
        calendar.shifts.create(weekday=days(9).weekday(), starts="09:00", ends="10:00")
        TeamRouting.objects.create(team=orders, calendar=calendar)
        ruled("Reminder", {**WEEK, "at_work": True}, [("tag_add", ["reminded"])])
        wait_for(ticket, alice)
        ringing.sweep(days(7.1))  # two days before the only day on which anybody is at work
        assert not RuleRun.objects.exists()
        opens = RuleAlarm.objects.get().due_at
        assert opens > days(7) and opens.hour == 9
        ringing.sweep(opens)
        assert RuleRun.objects.count() == 1


class TestOtherClocks:
    def test_quiet_starts_again_with_each_message(self, ruled, written):
        ruled(
            "Quiet", {"clock": "quiet", "minutes": 60, "statuses": ["new", "open"]}, [("tag_add", ["quiet"])]
        )
        ringing.sweep(days(0))
        ticket = intake.receive(written()).ticket
        reactions.drain()
        first = RuleAlarm.objects.get().due_at
        Ticket.objects.filter(pk=ticket.pk).update(last_message_at=days(1))
        assert ringing.sweep(first + timedelta(minutes=1)) == 1
        assert not RuleRun.objects.exists()

    def test_before_a_promise(self, ruled, ticket, alice):
        clock = {"clock": "promise", "minutes": 120, "statuses": ["new", "open", "waiting"]}
        ruled("Near", clock, [("priority", 4)])
        promises.make(ticket, days(1), actor=alice)
        reactions.drain()
        assert ringing.sweep(days(0.9)) == 0
        assert ringing.sweep(days(0.95)) == 1
        assert Ticket.objects.get(pk=ticket.pk).priority == 4


class TestSwitchingOn:
    def old(self, ticket, alice):
        wait_for(ticket, alice)
        ticket.events.filter(kind="status_changed").update(at=days(-10))
        return ticket

    def test_what_is_overdue_already_is_left_alone(self, ruled, ticket, alice):
        self.old(ticket, alice)
        ruled("Reminder", WEEK, [("tag_add", ["reminded"])])
        assert ringing.sweep(days(0)) == 0
        assert not RuleAlarm.objects.exists()

    def test_or_it_is_not(self, ruled, ticket, alice):
        self.old(ticket, alice)
        ruled("Reminder", {**WEEK, "overdue_too": True}, [("tag_add", ["reminded"])])
        assert ringing.sweep(days(0)) == 1
        assert ringing.sweep(days(0)) == 0

    def test_what_waits_already_is_counted_from_when_it_began(self, ruled, ticket, alice):
        wait_for(ticket, alice)
        ticket.events.filter(kind="status_changed").update(at=days(-6))
        ruled("Reminder", WEEK, [("tag_add", ["reminded"])])
        assert ringing.sweep(days(0)) == 0
        assert ringing.sweep(days(1.1)) == 1

    def test_without_rules_of_time_nothing_is_asked(self, ruled, django_assert_num_queries):
        ruled("Loud", ["opened"], [("priority", 4)])
        compiling.refresh()
        with django_assert_num_queries(0):
            assert ringing.sweep(days(0)) == 0
