"""Which team a new ticket belongs to, by rules."""

import pytest

from tickets import assignment, intake, reactions
from tickets.models import Event, RoutingRule, Skill, Ticket, Topic
from tickets.routing import placing
from tickets.routing.placing import Facts, Rule, Rules
from tickets.web import history
from tickets.web.names import Names


@pytest.mark.parametrize(
    ("facts", "team", "skills"),
    [
        (Facts(), 9, set()),
        (Facts(kind="complaint"), 1, {7}),
        (Facts(kind="complaint", language="hu"), 1, {7, 8}),
        (Facts(language="hu"), 2, {8}),
        (Facts(language="hu", channel=4), 3, {8}),
        (Facts(topic="late"), 4, {5}),
    ],
)
def test_the_first_rule_that_holds_and_names_a_team(facts, team, skills):
    rules = Rules(
        rules=[
            Rule(pk=10, kind="complaint", team=1, skill=7),
            Rule(pk=11, language="hu", skill=8),
            Rule(pk=12, language="hu", channel=4, team=3),
            Rule(pk=13, language="hu", team=2),
            Rule(pk=14, topics=frozenset({"late", "lost"}), team=4),
            Rule(pk=15, team=9),
        ],
        skills={"late": frozenset({5})},
    )
    assert rules.team(facts).team == team
    assert rules.wanted(facts) == skills


@pytest.mark.django_db
class TestNewTickets:
    def test_a_rule_moves_it_once_the_desk_has_read_it(self, written, returns):
        RoutingRule.objects.create(language="hu", team=returns)
        ticket = intake.receive(written(language="hu")).ticket
        stays = intake.receive(written(language="en")).ticket
        reactions.drain()
        assert Ticket.objects.get(pk=ticket.pk).team == returns
        assert Ticket.objects.get(pk=stays.pk).team != returns
        event = ticket.events.get(kind=Event.Kind.TEAM_CHANGED)
        assert history.sentence(event, Names()) == ("Moved to Returns and warranty: rule “Hungarian”")

    def test_what_a_person_decided_stays(self, written, ticket, orders, returns, alice):
        RoutingRule.objects.create(team=returns)
        assignment.move(ticket, returns, actor=alice)
        assignment.move(ticket, orders, actor=alice)
        taken = intake.receive(written()).ticket
        assignment.assign(taken, alice, actor=alice)
        reactions.drain()
        assert set(Ticket.objects.values_list("team", flat=True)) == {orders.pk}

    def test_a_topic_holds_for_what_is_part_of_it(self, returns):
        wide = Topic.objects.create(key="wide", labels={"en": "Wide"})
        Topic.objects.create(key="narrow", labels={"en": "Narrow"}, parent=wide)
        RoutingRule.objects.create(topic=wide, team=returns)
        skill = Skill.objects.create(name="Wide things")
        skill.topics.add(wide)
        rules = placing.refresh()
        assert rules.team(Facts(topic="narrow")).team == returns.pk
        assert rules.wanted(Facts(topic="narrow")) == {skill.pk}
        assert rules.team(Facts(topic="order")) is None
