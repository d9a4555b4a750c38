"""Who plays which story, and when it begins."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpdesk.accounts.models import User
from helpdesk.demo import crowd, script
from helpdesk.demo.crowd import Person
from helpdesk.demo.script import Story
from helpdesk.demo.shop import Staff, facts

PEOPLE = {"en": 70, "ru": 45, "hu": 40}
TIMES_TOLD = {"en": 3, "ru": 4, "hu": 4}
WEEKS = timedelta(days=56)


@dataclass
class Casting:
    story: Story
    language: str
    person: Person
    partner: Person
    agent: User
    opened: datetime
    number: int = 0


def programme(staff: Staff, now: datetime, rng: random.Random) -> list[Casting]:
    """Every story with its people, the newest first, numbered in the order in which they began."""
    crowds = {language: crowd.people(language, count, rng) for language, count in PEOPLE.items()}
    cast = [
        _cast(story, language, crowds, staff, now - _age(story, turn, rng), rng)
        for language, times in TIMES_TOLD.items()
        for story in script.stories(language)
        for turn in range(times)
    ]
    for story in script.stories("special"):
        language = facts()["teams"][story.facts["team"]]["language"]
        cast.append(_cast(story, language, crowds, staff, now - _special_age(story, rng), rng))
    cast.sort(key=lambda one: one.opened)
    for number, one in enumerate(cast, 1):
        one.number = facts()["first_number"] + number
    return cast[::-1]


def _cast(
    story: Story,
    language: str,
    crowds: dict[str, list[Person]],
    staff: Staff,
    opened: datetime,
    rng: random.Random,
) -> Casting:
    gender = story.facts.get("gender")
    trade = "trade" in story.list_of("tags")
    fitting = [
        person
        for person in crowds[language]
        if bool(person.organisation) == trade and gender in (None, person.gender)
    ]
    person, partner = rng.sample(fitting, 2)
    return Casting(story, language, person, partner, rng.choice(staff.agents(story.facts["team"])), opened)


def _age(story: Story, turn: int, rng: random.Random) -> timedelta:
    """The first telling of a story is going on right now, the others are over or nearly so."""
    length = sum((step.after for step in story.steps), timedelta(minutes=20))
    if turn == 0 and rng.random() < 0.2:
        return timedelta(minutes=rng.uniform(3, 180))
    if turn == 0:
        return length * rng.uniform(0.1, 1.1) + timedelta(minutes=10)
    return timedelta(days=2) + (WEEKS - timedelta(days=2)) * rng.random() ** 1.5


def _special_age(story: Story, rng: random.Random) -> timedelta:
    return timedelta(days=16) if story.name == "longest-thread" else timedelta(hours=rng.uniform(2, 60))
