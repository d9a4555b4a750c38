"""What a rule would have done: nothing is done, and tickets are asked as they were."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.ruling import row
from tickets import intake, lifecycle, properties, reactions
from tickets.models import Event, RuleRun, Ticket
from tickets.rules import rehearsing

pytestmark = pytest.mark.django_db


def tried(rule, days=7):
    return rehearsing.rehearse(rule, days=days, now=timezone.now() + timedelta(seconds=1))


class TestPastTickets:
    def test_ticket_by_ticket_and_nothing_is_done(self, ruled, written):
        rule = ruled(
            "Refund",
            ["opened"],
            [("tag_add", ["refund"])],
            if_={"all": [row("words", "contains", "refund")]},
            on=False,
        )
        asked = intake.receive(written(text="A refund, please")).ticket
        intake.receive(written(text="Hello"))
        reactions.drain()
        found = tried(rule)
        assert (found.looked, [each.ticket.pk for each in found.would]) == (2, [asked.pk])
        assert not RuleRun.objects.exists() and Ticket.objects.get(pk=asked.pk).tags == []

    def test_they_are_asked_as_they_were(self, ruled, written, alice):
        rule = ruled(
            "New ones",
            ["opened"],
            [("tag_add", ["x"])],
            if_={"all": [row("status", "is", ["new"]), row("priority", "is", ["normal"])]},
            on=False,
        )
        ticket = intake.receive(written()).ticket
        lifecycle.resolve(ticket, actor=alice)
        properties.set_priority(ticket, 4, actor=alice)
        would = tried(rule).would
        assert [(each.ticket.status, each.ticket.priority) for each in would] == [("new", 2)]

    def test_older_ones_are_left_out(self, ruled, written):
        rule = ruled("All", ["opened"], [("priority", 4)], on=False)
        ticket = intake.receive(written()).ticket
        ticket.events.update(at=timezone.now() - timedelta(days=8))
        assert tried(rule).would == []
        assert tried(rule, days=14).tickets == 1

    def test_rules_of_time(self, ruled, written, alice):
        clock = {"clock": "status", "minutes": 2 * 1440, "statuses": ["waiting"]}
        rule = ruled("Reminder", clock, [("tag_add", ["reminded"])], on=False)
        tickets = [intake.receive(written()).ticket for _each in range(2)]
        for ticket in tickets:
            lifecycle.set_status(ticket, "waiting", actor=alice)
            Event.objects.filter(ticket=ticket).update(at=timezone.now() - timedelta(days=4))
        lifecycle.set_status(tickets[1], "open", actor=alice)
        tickets[1].events.filter(data__after="open").update(at=timezone.now() - timedelta(days=3))
        assert [each.ticket.pk for each in tried(rule).would] == [tickets[0].pk]

    def test_it_says_what_may_follow(self, ruled):
        other = ruled("Tagged", ["tags_changed"], [("priority", 4)])
        rule = ruled("Tags", ["opened"], [("tag_add", ["x"])], on=False)
        assert tried(rule).follows == [other]
