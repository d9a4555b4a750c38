"""Who of a team gets a ticket, and why. Pure: values in, a choice out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

LEAST, TURN = "least", "turn"
GOOD = 2
"""From this level on somebody gets what is hard, too."""
Level = Callable[["Candidate"], int]
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Reason = dict[str, Any]
"""A code with what it needs to be said in words, as events hold it: see wording."""


@dataclass(frozen=True, kw_only=True)
class Wants:
    """What a ticket asks of whoever takes it."""

    channel: str = ""
    """The kind of its channel."""
    language: str = ""
    skills: frozenset[int] = frozenset()
    effort: int = 1
    is_hard: bool = False
    """A complaint, or more urgent than usual: nothing for newcomers, nor for little knowledge."""


@dataclass(kw_only=True)
class Candidate:
    """A colleague who is at work, and what they have before them; the load grows with what they are given."""

    user: int
    capacity: int
    load: int = 0
    """Effort of what they have."""
    held: dict[str, int] = field(default_factory=dict)
    """Kind of channel → tickets of it."""
    most: Mapping[str, int] = field(default_factory=dict)
    """Kind of channel → the most of it."""
    languages: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[int, int] = field(default_factory=dict)
    """What they speak and know → how well, from 1 to 3."""
    is_newcomer: bool = False
    last_given: datetime | None = None

    def has_room(self, wants: Wants) -> bool:
        most = self.most.get(wants.channel)
        within = most is None or self.held.get(wants.channel, 0) < most
        return within and self.load + wants.effort <= self.capacity

    def take(self, wants: Wants, now: datetime) -> None:
        self.load += wants.effort
        self.held[wants.channel] = self.held.get(wants.channel, 0) + 1
        self.last_given = now


@dataclass(frozen=True, kw_only=True)
class Team:
    """Its rules, and what anybody in it knows, at work or not: for that it is worth waiting."""

    mode: str = LEAST
    previous_first: bool = True
    languages: Collection[str] = ()
    skills: Collection[int] = ()
    members: Sequence[tuple[Collection[str], Collection[int]]] = ()
    """Of each member: what they speak, what they know. Told apart, since nobody may know both."""

    def skills_to_wait_for(self, wants: Wants) -> list[int]:
        """Of the skills it asks for those that one member has together, and with its language."""
        pool = [
            each for each in self.members if wants.language not in self.languages or wants.language in each[0]
        ]
        found: list[int] = []
        for skill in sorted(wants.skills & frozenset(self.skills)):
            able = [each for each in pool if skill in each[1]]
            if able or not self.members:
                pool, found = able, [*found, skill]
        return found


@dataclass(frozen=True, kw_only=True)
class Choice:
    candidate: Candidate
    reasons: tuple[Reason, ...]


def choose(
    wants: Wants,
    people: Sequence[Candidate],
    team: Team,
    *,
    previous: int | None = None,
    refused: Collection[int] = (),
    unready: Collection[int] = (),
) -> Choice | None:
    """Who gets it; None when nobody can now. `previous` had the customer's last ticket.

    It is not given again to those who `refused` it, nor to the `unready`, who lack what its topic requires.
    Where somebody of the team speaks its language or has a skill it asks for, only such colleagues come in
    question; where nobody does, it is given all the same. Of what nobody has together the language counts.
    Never above anybody's capacity.
    """
    ready = [each for each in people if each.user not in unready]
    able = [each for each in _fit(wants, ready, team) if each.has_room(wants) and each.user not in refused]
    if not able:
        return None
    reasons = [{"code": "refused"}] if refused else []
    reasons += [{"code": "unready"}] if len(ready) < len(people) else []
    if team.previous_first and previous is not None:
        known = [each for each in able if each.user == previous]
        if known:
            return Choice(candidate=known[0], reasons=(*reasons, *_known(wants, known[0]), {"code": "knows"}))
    one = min(able, key=_order(team.mode, wants))
    last = {"code": "only"} if len(able) == 1 else _why(team.mode, one)
    return Choice(candidate=one, reasons=(*reasons, *_known(wants, one), *_lacking(wants, team), last))


def is_full(people: Sequence[Candidate]) -> bool:
    """Whether nobody can take even the lightest ticket."""
    return all(each.load >= each.capacity for each in people)


def _fit(wants: Wants, people: Sequence[Candidate], team: Team) -> list[Candidate]:
    """Who speaks, knows and has seen enough, with room or without; for what is hard, well if any does."""
    asked = [_skilled(pk) for pk in team.skills_to_wait_for(wants)]
    if wants.language in team.languages:
        asked.insert(0, lambda each: each.languages.get(wants.language, 0))
    found = [each for each in people if all(level(each) for level in asked)]
    for level in asked if wants.is_hard else ():
        found = [each for each in found if level(each) >= GOOD] or found
    veterans = [each for each in found if not each.is_newcomer]
    return veterans if wants.is_hard and veterans else found


def _skilled(pk: int) -> Level:
    return lambda each: each.skills.get(pk, 0)


def _order(mode: str, wants: Wants) -> Callable[[Candidate], tuple[Any, ...]]:
    """The smallest is chosen."""

    def turn(each: Candidate) -> tuple[Any, ...]:
        return (each.last_given or _LONG_AGO, each.user)

    def least(each: Candidate) -> tuple[Any, ...]:
        return (each.load / each.capacity, -_mastery(wants, each), *turn(each))

    return turn if mode == TURN else least


def _mastery(wants: Wants, each: Candidate) -> int:
    return each.languages.get(wants.language, 0) + sum(each.skills.get(skill, 0) for skill in wants.skills)


def _why(mode: str, one: Candidate) -> Reason:
    return {"code": "turn"} if mode == TURN else {"code": "least", "load": one.load, "of": one.capacity}


def _known(wants: Wants, one: Candidate) -> list[Reason]:
    said: list[Reason] = []
    if level := one.languages.get(wants.language):
        said.append({"code": "language", "language": wants.language, "level": level})
    skills = sorted(wants.skills & one.skills.keys())
    return said + [{"code": "skill", "skill": pk, "level": one.skills[pk]} for pk in skills]


def _lacking(wants: Wants, team: Team) -> list[Reason]:
    """What nobody in the team knows, where that is known of anybody at all."""
    said: list[Reason] = []
    if wants.language and team.languages and wants.language not in team.languages:
        said.append({"code": "nobody_speaks", "language": wants.language})
    missing = sorted(wants.skills - frozenset(team.skills))
    said += [{"code": "nobody_knows", "skill": pk} for pk in missing]
    apart = sorted(wants.skills.difference(missing, team.skills_to_wait_for(wants)))
    return said + [{"code": "nobody_has_all", "skill": pk} for pk in apart]
