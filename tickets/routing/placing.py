"""Which team a new ticket belongs to, by rules that admins set up. What a person decided stays."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from helpdesk.accounts.models import Team
from tickets import assignment
from tickets.models import Event, RoutingRule, Skill, TeamRouting, Ticket, Topic

SECONDS = 10.0
"""How long a worker may go by rules that were changed meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    channel: int | None = None
    kind: str = ""
    topic: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    pk: int
    channel: int | None = None
    kind: str = ""
    topics: frozenset[str] = frozenset()
    """The topic and what is part of it; none: any."""
    language: str = ""
    team: int | None = None
    skill: int | None = None

    def holds(self, facts: Facts) -> bool:
        return (
            self.channel in (None, facts.channel)
            and self.kind in ("", facts.kind)
            and (not self.topics or facts.topic in self.topics)
            and self.language in ("", facts.language)
        )


@dataclass(frozen=True, kw_only=True)
class Rules:
    rules: Sequence[Rule] = ()
    skills: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Topic → the skills that tickets about it ask for."""
    hands_out: bool = False
    """Whether the tickets of any team find a colleague by themselves."""

    def team(self, facts: Facts) -> Rule | None:
        """The first rule that holds and names a team."""
        return next((each for each in self.rules if each.team and each.holds(facts)), None)

    def wanted(self, facts: Facts) -> frozenset[int]:
        """What it takes: the skills of the topic, and of every rule that holds."""
        asked = {each.skill for each in self.rules if each.skill and each.holds(facts)}
        return self.skills.get(facts.topic, frozenset()) | asked


@dataclass
class _Kept:
    rules: Rules = field(default_factory=Rules)
    until: float = 0.0


_kept = _Kept()


def facts(ticket: Ticket) -> Facts:
    """What of a ticket the rules of routing look at."""
    language = (ticket.language or "")[:2]
    return Facts(channel=ticket.channel_id, kind=ticket.kind, topic=ticket.topic, language=language)


def known() -> Rules:
    """The rules that are switched on; as they were up to ten seconds ago."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept.rules


def refresh() -> Rules:
    """Read the tables now."""
    topics = list(Topic.objects.all())
    rows = RoutingRule.objects.filter(is_active=True).select_related("topic")
    rules = [_rule(row, topics) for row in rows]
    skills: dict[str, set[int]] = {}
    for skill in Skill.objects.prefetch_related("topics"):
        for key in {key for topic in skill.topics.all() for key in _within(topic, topics)}:
            skills.setdefault(key, set()).add(skill.pk)
    _kept.rules = Rules(
        rules=rules,
        skills={key: frozenset(pks) for key, pks in skills.items()},
        hands_out=TeamRouting.objects.exclude(mode=TeamRouting.Mode.OFF).exists(),
    )
    _kept.until = time.monotonic() + SECONDS
    return _kept.rules


def place(tickets: Iterable[Ticket]) -> None:
    """Give new tickets that nobody has and nobody has moved to the team that a rule names."""
    rules = known()
    if not rules.rules:
        return
    for ticket in tickets:
        rule = rules.team(facts(ticket))
        if rule and rule.team and rule.team != ticket.team_id and _is_untouched(ticket):
            why = [{"code": "rule", "rule": rule.pk}]
            assignment.move(ticket, Team.objects.get(pk=rule.team), actor=None, why=why)


def _is_untouched(ticket: Ticket) -> bool:
    if ticket.assignee_id or ticket.status != Ticket.Status.NEW or ticket.is_internal:
        return False
    return not Event.objects.filter(ticket=ticket, kind=Event.Kind.TEAM_CHANGED).exists()


def _rule(row: RoutingRule, topics: Sequence[Topic]) -> Rule:
    return Rule(
        pk=row.pk,
        channel=row.channel_id,
        kind=row.kind,
        topics=frozenset(_within(row.topic, topics)) if row.topic else frozenset(),
        language=row.language,
        team=row.team_id,
        skill=row.skill_id,
    )


def _within(topic: Topic, topics: Sequence[Topic]) -> set[str]:
    """The keys of a topic and of all that is part of it."""
    found, keys = {topic.pk}, {topic.key}
    while more := [each for each in topics if each.parent_id in found and each.pk not in found]:
        found |= {each.pk for each in more}
        keys |= {each.key for each in more}
    return keys
