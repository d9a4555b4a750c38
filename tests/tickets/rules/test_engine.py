"""Rules at work: set off, asked, done in order, within limits."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.messages import Sender
from tests.ruling import row
from tickets import assignment, intake, lifecycle, properties, reactions, replies
from tickets.models import Customer, Delivery, Event, Notification, RuleRun, Ticket
from tickets.priority import settling, usual
from tickets.rules import compiling, engine, keeping, limits
from tickets.rules.actions import ACTIONS, Left
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db


def told(ticket: Ticket) -> list[str]:
    names = Names()
    return [
        history.sentence(event, names)
        for event in ticket.events.select_related("user", "customer").order_by("id")
    ]


class TestWhatHappens:
    def test_a_complaint_of_a_vip_is_urgent_and_the_supervisor_hears_of_it(self, ruled, written, carol, sam):
        Customer.objects.filter(pk=carol.pk).update(importance=Customer.Importance.VIP)
        ruled(
            "VIP complains",
            ["opened"],
            [("priority", 4), ("tag_add", ["VIP"]), ("notify", ["supervisors"])],
            if_={"all": [row("importance", "is", ["vip"]), row("words", "contains", "broken, damaged")]},
        )
        ticket = intake.receive(written(text="The box was damaged when it came.")).ticket
        other = intake.receive(written(text="When does it come?", subject="Parcel")).ticket
        reactions.drain()
        ticket.refresh_from_db()
        assert (ticket.priority, ticket.tags) == (4, ["vip"])
        assert Ticket.objects.get(pk=other.pk).priority == 2
        line = Notification.objects.get(kind="rule")
        assert (line.user, line.ticket) == (sam, ticket)
        assert "Priority changed to “Urgent” by the rule “VIP complains”" in told(ticket)
        assert "Rule “VIP complains”: Priority, Add tags, Tell colleagues" in told(ticket)

    def test_a_rule_sees_what_the_ones_before_it_did_and_one_may_be_the_last(self, ruled, written):
        ruled(
            "First", ["opened"], [("tag_add", ["refund"])], if_={"all": [row("words", "contains", "refund")]}
        )
        ruled(
            "Second",
            ["opened"],
            [("priority", 3), ("stop", True)],
            if_={"all": [row("tag", "has_any", ["refund"])]},
        )
        ruled("Third", ["opened"], [("priority", 1)])
        ticket = intake.receive(written(text="I want refunds!")).ticket
        plain = intake.receive(written(text="Hello there")).ticket
        reactions.drain()
        assert Ticket.objects.get(pk=ticket.pk).priority == 3
        assert Ticket.objects.get(pk=plain.pk).priority == 1

    def test_any_of_some(self, ruled, written, mailbox):
        ruled(
            "Hungarian or Russian",
            ["opened"],
            [("kind", "suggestion")],
            if_={
                "all": [row("channel", "is", [str(mailbox.pk)])],
                "any": [row("language", "is", ["hu"]), row("sender", "is", "@mail.ru")],
            },
        )
        hungarian = intake.receive(written(language="hu")).ticket
        sender = Sender(identity_kind="email", identity="ivan@mail.ru")
        russian = intake.receive(written(sender=sender, language="en")).ticket
        english = intake.receive(written(language="en")).ticket
        reactions.drain()
        ruled_by = {event.ticket_id for event in Event.objects.filter(kind="rule_applied")}
        assert ruled_by == {hungarian.pk, russian.pk} - {english.pk}

    def test_nothing_is_told_of_a_rule_that_finds_all_as_it_wants_it(self, ruled, written):
        ruled("Normal", ["opened"], [("priority", 2)])
        ticket = intake.receive(written()).ticket
        reactions.drain()
        assert not RuleRun.objects.exists()
        assert not ticket.events.filter(kind=Event.Kind.RULE_APPLIED).exists()

    @pytest.mark.parametrize(
        "then", [("priority", 2), ("tag_add", ["vip"]), ("tag_remove", ["late"]), ("status", "new")]
    )
    def test_what_is_already_so_is_neither_locked_nor_written(self, ruled, written, then):
        ruled("So", ["opened"], [then])
        ruled("Last", ["opened"], [("kind", "support"), ("stop", True)])
        ticket = intake.receive(written()).ticket
        Ticket.objects.filter(pk=ticket.pk).update(tags=["vip"], kind="support")
        with CaptureQueriesContext(connection) as asked:
            engine.react(list(ticket.events.filter(kind=Event.Kind.MESSAGE_RECEIVED)))
        assert not [each["sql"] for each in asked if "UPDATE" in each["sql"]]
        assert not RuleRun.objects.exists()

    def test_of_an_action_that_fails_nothing_is_told_but_that_it_was_left(self, ruled, written, monkeypatch):
        def halfway(doing, _value):
            properties.set_tags(doing.ticket, ["half"], actor=None)
            raise Left("guarded")

        broken = replace(ACTIONS["tag_add"], do=halfway, is_plain=False)
        ruled("Half", ["opened"], [("tag_add", ["half"]), ("priority", 3)])
        monkeypatch.setitem(ACTIONS, "tag_add", broken)
        ticket = intake.receive(written()).ticket
        reactions.drain()
        ticket.refresh_from_db()
        assert (ticket.tags, ticket.priority) == ([], 3)
        assert not ticket.events.filter(kind=Event.Kind.TAGS_CHANGED).exists()
        assert ticket.events.get(kind=Event.Kind.RULE_APPLIED).data["left"] == [["tag_add", "guarded"]]

    def test_what_colleagues_do_sets_rules_off_too(self, ruled, ticket, alice):
        ruled(
            "Reopened by us",
            ["status_changed"],
            [("tag_add", ["again"])],
            if_={"all": [row("former_status", "is", ["resolved"]), row("by", "is", ["colleague"])]},
        )
        lifecycle.resolve(ticket, actor=alice)
        reactions.drain()
        lifecycle.reopen(ticket, actor=alice)
        reactions.drain()
        ticket.refresh_from_db()
        assert ticket.tags == ["again"]

    def test_what_is_in_the_spam_is_left_alone(self, ruled, written):
        ruled("All", ["opened"], [("tag_add", ["seen"])])
        ticket = intake.receive(written()).ticket
        Ticket.objects.filter(pk=ticket.pk).update(folder="spam")
        reactions.drain()
        assert Ticket.objects.get(pk=ticket.pk).tags == []

    def test_an_action_that_cannot_be_is_left_and_the_others_are_done(self, ruled, ticket, mallory, alice):
        ruled("To Mallory", ["status_changed"], [("assignee", mallory.pk), ("tag_add", ["late"])])
        lifecycle.set_status(ticket, "waiting", actor=alice)
        reactions.drain()
        run = RuleRun.objects.get()
        assert run.left == [["assignee", "cannot_take"]]
        assert [name for name, _before, _after in run.done] == ["tag_add"]
        assert "they may not have this ticket" in told(ticket)[-1]

    def test_the_priority_of_a_rule_is_not_reckoned_away(self, ruled, ticket, alice):
        ruled("Quiet", ["status_changed"], [("priority", 1)])
        usual.plant()
        settling.refresh()
        lifecycle.set_status(ticket, "waiting", actor=alice)
        reactions.drain()
        ticket.refresh_from_db()
        assert ticket.priority == 1
        settling.settle({ticket.pk: ticket}, timezone.now())
        assert Ticket.objects.get(pk=ticket.pk).priority == 1


class TestLimits:
    def test_a_rule_is_not_set_off_by_what_it_did(self, ruled, ticket, alice):
        ruled("Up", ["tags_changed"], [("tag_add", ["a"]), ("tag_remove", ["a"])])
        properties.set_tags(ticket, ["x"], actor=alice)
        reactions.drain()
        assert RuleRun.objects.count() == 1

    def test_two_that_set_each_other_off_end(self, ruled, ticket, alice):
        ruled("On", ["tags_changed"], [("priority", 4)], if_={"all": [row("priority", "is_not", ["urgent"])]})
        ruled("Off", ["priority_changed"], [("tag_add", ["was urgent"])])
        properties.set_tags(ticket, ["x"], actor=alice)
        reactions.drain()
        assert [run.name for run in RuleRun.objects.order_by("id")] == ["On", "Off"]

    def test_no_longer_chain_than_three(self, ruled, ticket, alice, ada):
        priorities = [1, 3, 4, 2]
        for at, priority in enumerate(priorities):
            before = ["normal", "low", "high", "urgent"][at]
            ruled(
                f"Step {at}",
                ["tags_changed", "priority_changed"],
                [("priority", priority)],
                if_={"all": [row("priority", "is", [before])]},
            )
        keeping.order([], actor=ada)
        properties.set_tags(ticket, ["x"], actor=alice)
        reactions.drain()
        chains = [e.data["by_rule"]["chain"] for e in Event.objects.filter(kind="priority_changed")]
        assert max(map(len, chains)) <= limits.DEEPEST

    def test_much_on_one_ticket_halts_them_and_admins_are_told(self, ruled, ticket, ada, alice, monkeypatch):
        monkeypatch.setattr(limits, "MOST_AN_HOUR", 2)
        ruled("Note", ["tags_changed"], [("note", "Tags of #{ticket.number} changed")])
        for tag in "abcd":
            properties.set_tags(ticket, [tag], actor=alice)
            reactions.drain()
        assert RuleRun.objects.count() == 2
        assert ticket.messages.filter(direction="note").first().text == f"Tags of #{ticket.number} changed"
        assert ticket.events.filter(kind=Event.Kind.RULES_HALTED).count() == 1
        assert Notification.objects.get(kind="halted").user == ada
        assert any("Rules halted here for an hour" in line for line in told(ticket))


class TestReplies:
    REPLY = {"en": "Dear {customer.first_name}, thank you.", "hu": "Köszönjük."}

    def reply(self, ruled):
        return ruled("Thanks", ["opened", "customer_wrote"], [("reply", self.REPLY)])

    def test_in_the_customers_language_marked_as_a_machines_and_no_clock_stops(self, ruled, written):
        self.reply(ruled)
        ticket = intake.receive(written(language="hu")).ticket
        reactions.drain()
        message = ticket.messages.get(direction="out")
        assert (message.text, message.is_automatic, message.purpose) == ("Köszönjük.", True, "rule")
        assert message.to == ["carol@mail.example"]
        assert Delivery.objects.filter(message=message).exists()
        ticket.refresh_from_db()
        assert ticket.waiting_since and not ticket.first_replied_at and ticket.status == "new"

    def test_not_again_within_the_hour(self, ruled, written):
        self.reply(ruled)
        ticket = intake.receive(written()).ticket
        reactions.drain()
        intake.receive(written(references=(ticket.messages.get(direction="out").external_id,)))
        reactions.drain()
        assert ticket.messages.filter(direction="out").count() == 1
        assert RuleRun.objects.order_by("-id").first().left == [["reply", "often"]]

    @pytest.mark.parametrize(
        "fields",
        [
            {"automatic": True},
            {"bulk": True},
            {"sender": Sender(identity_kind="email", identity="no-reply@shop.example")},
            {"sender": Sender(identity_kind="email", identity="support@desk.example")},
        ],
    )
    def test_no_machine_is_answered(self, ruled, written, fields):
        self.reply(ruled)
        intake.receive(written(**fields))
        reactions.drain()
        assert not Delivery.objects.exists()
        assert RuleRun.objects.get().left == [["reply", "machine"]]


class TestCompiling:
    def test_nothing_is_asked_while_no_rule_is_on(self, ruled, written, django_assert_num_queries):
        ruled("Off", ["opened"], [("priority", 4)], on=False)
        compiling.refresh()
        event = intake.receive(written()).events.get(kind="message_received")
        fact = engine.events.Fact(kind=event.kind, ticket=event.ticket, data={})
        with django_assert_num_queries(0):
            assert not engine.is_wanted(fact)
            assert engine.decided([event]) == []

    def test_what_is_asked_does_not_grow_with_the_rules(self, ruled, written, django_assert_num_queries):
        for at in range(12):
            words = {"any": [row("words", "contains", f"word{at}"), row("words", "contains", "parcel")]}
            ruled(f"Rule {at}", ["opened"], [("priority", 4)], if_=words)
        happened = [intake.receive(written()).events.get(kind="message_received") for _each in range(3)]
        compiling.refresh()
        with django_assert_num_queries(1):
            found = engine.decided(happened)
        assert [len(rules) for _facts, rules in found] == [12, 12, 12]

    def test_a_version_is_compiled_once(self, ruled, ada):
        rule = ruled("Loud", ["opened"], [("priority", 4)])
        first = compiling.known().rules[0]
        assert compiling.refresh().rules[0] is first
        keeping.change(rule, {"actions": [{"do": "priority", "value": 1}]}, actor=ada)
        assert compiling.known().rules[0] is not first

    def test_who_leaves_the_ticket_is_seen(self, ruled, ticket, alice):
        ruled(
            "Released", ["assigned"], [("status", "on_hold")], if_={"all": [row("assignee", "is", ["none"])]}
        )
        assignment.assign(ticket, alice, actor=alice)
        reactions.drain()
        assert Ticket.objects.get(pk=ticket.pk).status == "new"
        assignment.assign(ticket, None, actor=alice)
        reactions.drain()
        assert Ticket.objects.get(pk=ticket.pk).status == "on_hold"

    def test_a_reply_of_a_colleague(self, ruled, ticket, alice):
        ruled("Answered", ["reply_sent"], [("status", "waiting")])
        replies.send(ticket, author=alice, body="It is on its way.", key=uuid.uuid4())
        reactions.drain()
        assert Ticket.objects.get(pk=ticket.pk).status == "waiting"
