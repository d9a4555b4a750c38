"""Rules as they are kept: by admins, in versions, in order; and what they did taken back."""

import pytest

from helpdesk.accounts.models import User
from tests.ruling import row
from tickets import access, lifecycle, properties, reactions
from tickets.models import Event, Rule, RuleRun, RuleVersion, Ticket
from tickets.rules import keeping, undoing
from tickets.rules.keeping import NotAllowed, Wrong
from tickets.web import history, rule_words
from tickets.web.names import Names
from tickets.web.rule_names import Names as RuleNames

pytestmark = pytest.mark.django_db
LOUD = {"name": "Loud", "triggers": ["opened"], "actions": [{"do": "priority", "value": 4}]}


def names() -> list[str]:
    return list(Rule.objects.in_order().values_list("name", flat=True))


class TestKeeping:
    def test_a_rule_is_made_switched_off_and_each_change_is_a_version(self, ada):
        rule = keeping.make(LOUD, actor=ada)
        assert not rule.is_active
        rule = keeping.change(rule, {"name": "Louder"}, actor=ada)
        rule = keeping.change(rule, {"name": "Louder"}, actor=ada)
        rule = keeping.switch(rule, on=True, actor=ada)
        told = RuleVersion.objects.order_by("number").values_list("number", "by", "body__name")
        assert list(told) == [(1, ada.pk, "Loud"), (2, ada.pk, "Louder"), (3, ada.pk, "Louder")]
        back = keeping.restore(RuleVersion.objects.get(number=1), actor=ada)
        assert (back.name, back.is_active, back.version) == ("Loud", True, 4)

    def test_nobody_but_admins(self, sam, alice, ada):
        rule = keeping.make(LOUD, actor=ada)
        for actor in (sam, alice):
            with pytest.raises(NotAllowed):
                keeping.make({**LOUD, "name": "Mine"}, actor=actor)
            with pytest.raises(NotAllowed):
                keeping.switch(rule, on=True, actor=actor)
            with pytest.raises(NotAllowed):
                keeping.remove(rule, actor=actor)

    def test_order(self, ada):
        rules = [keeping.make({**LOUD, "name": name}, actor=ada) for name in "ABC"]
        keeping.shift(rules[2], up=True, actor=ada)
        assert names() == ["A", "C", "B"]
        keeping.shift(rules[0], up=True, actor=ada)
        keeping.order([rules[1].pk, 99], actor=ada)
        assert names() == ["B", "A", "C"]

    @pytest.mark.parametrize(
        ("given", "part"),
        [
            ({"name": " "}, "name"),
            ({"name": "Taken"}, "name"),
            ({"triggers": []}, "when"),
            ({"triggers": ["doomsday"]}, "when"),
            ({"clock": "status", "minutes": 0, "statuses": ["open"]}, "when"),
            ({"clock": "status", "minutes": 60, "statuses": []}, "when"),
            ({"clock": "sundial", "minutes": 60, "statuses": ["open"]}, "when"),
            ({"conditions": {"all": [row("status", "is", [])]}}, "conditions"),
            ({"actions": []}, "actions"),
            ({"actions": [{"do": "explode", "value": 1}]}, "actions"),
            ({"actions": [{"do": "priority", "value": 9}]}, "actions"),
            ({"actions": [{"do": "assignee", "value": "me"}]}, "actions"),
            ({"actions": [{"do": "note", "value": " "}]}, "actions"),
            ({"actions": [{"do": "note", "value": "{customer.nmae}"}]}, "actions"),
            ({"actions": [{"do": "reply", "value": {"en": ""}}]}, "actions"),
            ({"actions": [{"do": "reply", "value": {"en": "Yours, {agent.name}"}}]}, "actions"),
            ({"actions": [{"do": "notify", "value": ["everybody"]}]}, "actions"),
            ({"actions": [{"do": "watch", "value": True}]}, "actions"),
            ({"actions": [{"do": "folder", "value": "merged"}]}, "actions"),
            ({"actions": [{"do": "topic", "value": "moon"}]}, "actions"),
            ({"actions": [{"do": "topic", "value": 7}]}, "actions"),
            ({"actions": LOUD["actions"] * 21}, "actions"),
        ],
    )
    def test_nonsense_is_refused_with_its_place(self, ada, given, part):
        keeping.make({**LOUD, "name": "Taken"}, actor=ada)
        with pytest.raises(Wrong) as wrong:
            keeping.make({**LOUD, **given}, actor=ada)
        assert list(wrong.value.errors) == [part]
        assert all(wrong.value.errors.values())


class TestUndoing:
    def run(self, ruled, ticket, alice) -> RuleRun:
        then = [
            ("priority", 4),
            ("tag_add", ["hot"]),
            ("folder", "spam"),
            ("note", "Look"),
            ("watch", alice.pk),
        ]
        ruled("Heat", ["status_changed"], then)
        lifecycle.set_status(ticket, "waiting", actor=alice)
        reactions.drain()
        return RuleRun.objects.get()

    def test_all_is_as_it_was_but_what_was_said(self, ruled, ticket, alice, ada):
        run = self.run(ruled, ticket, alice)
        assert undoing.undo(run, actor=ada) == ["watch", "folder", "tag_add", "priority"]
        after = Ticket.objects.get(pk=ticket.pk)
        assert (after.priority, after.tags, after.folder) == (2, [], "desk")
        assert after.messages.filter(direction="note").count() == 1
        assert undoing.undo(run, actor=ada) == []
        told = history.sentence(ticket.events.get(kind=Event.Kind.RULE_UNDONE), Names())
        assert told.startswith("Rule “Heat” taken back by Ada Lindqvist: Have somebody watch it, Move")

    def test_what_somebody_changed_since_stays(self, ruled, ticket, alice, ada):
        run = self.run(ruled, ticket, alice)
        properties.set_priority(ticket, 1, actor=alice)
        assert "priority" not in undoing.undo(run, actor=ada)
        assert Ticket.objects.get(pk=ticket.pk).priority == 1

    def test_other_tags_keep_no_tag_from_being_taken_back(self, ruled, ticket, alice, ada):
        run = self.run(ruled, ticket, alice)
        properties.set_tags(ticket, [*Ticket.objects.get(pk=ticket.pk).tags, "seen"], actor=alice)
        assert "tag_add" in undoing.undo(run, actor=ada)
        assert Ticket.objects.get(pk=ticket.pk).tags == ["seen"]

    def test_the_topic_is_set_and_taken_back(self, ruled, ticket, alice, ada):
        reactions.drain()  # the desk makes a topic of its own of the message
        ruled("Topic", ["status_changed"], [("topic", "payment")])
        before = Ticket.objects.get(pk=ticket.pk).topic
        lifecycle.set_status(ticket, "waiting", actor=alice)
        reactions.drain()
        assert before != Ticket.objects.get(pk=ticket.pk).topic == "payment"
        assert undoing.undo(RuleRun.objects.get(), actor=ada) == ["topic"]
        assert Ticket.objects.get(pk=ticket.pk).topic == before

    def test_supervisors_see_it_until_that_is_taken_back(self, ruled, ticket, alice, ada, mallory):
        User.objects.filter(pk=mallory.pk).update(role=User.Role.SUPERVISOR)
        mallory.refresh_from_db()
        rule = ruled("Show", ["status_changed"], [("escalate", None)])
        assert rule_words.told(rule, RuleNames()).does == [("users", "Show it to the supervisors", "")]
        lifecycle.set_status(ticket, "waiting", actor=alice)
        reactions.drain()
        assert access.tickets(mallory).count() == 1
        run = RuleRun.objects.get()
        lifecycle.set_status(ticket, "open", actor=alice)
        reactions.drain()
        assert RuleRun.objects.count() == 1
        assert undoing.undo(run, actor=ada) == ["escalate"]
        assert not access.tickets(mallory).exists()

    def test_a_rule_that_is_gone_can_be_taken_back(self, ruled, ticket, alice, ada):
        run = self.run(ruled, ticket, alice)
        keeping.remove(run.rule, actor=ada)
        run.refresh_from_db()
        assert (run.rule, run.name) == (None, "Heat")
        assert undoing.can_be_undone(run)
        assert undoing.undo(run, actor=ada)
