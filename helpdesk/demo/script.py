"""Stories as text files.

    == name                      a story begins; then "key: value" lines: subject, team, kind, priority …
    -- who +after key=value flag a step: who acts, how long after the step before; then the words

Who: customer, partner (in copy), automatic (the customer's mail program), agent (cc: with the partner in
copy), forward (of the customer's last message, to the carrier), carrier (answers it), note (by the agent),
supervisor-note, chatter N (N short messages to and fro). In the words, [a|b] is a choice and {slot} a blank.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

STORIES = Path(__file__).with_name("stories")
_AFTER = re.compile(r"\+(\d+)([mhd])$")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Step:
    who: str
    after: timedelta
    options: dict[str, str]
    text: str


@dataclass
class Story:
    name: str
    facts: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def list_of(self, fact: str) -> list[str]:
        return [part.strip() for part in self.facts.get(fact, "").split(",") if part.strip()]


@cache
def stories(name: str) -> tuple[Story, ...]:
    """The stories of one file, such as "en"."""
    lines = (STORIES / f"{name}.txt").read_text().splitlines()
    blocks = "\n".join(line for line in lines if not line.startswith("# ")).split("\n== ")[1:]
    return tuple(_story(block) for block in blocks)


def _story(block: str) -> Story:
    head, *steps = block.split("\n-- ")
    name, *facts = head.strip().splitlines()
    story = Story(name.strip())
    for fact in facts:
        key, _colon, value = fact.partition(":")
        story.facts[key.strip()] = value.strip()
    story.steps = [_step(step) for step in steps]
    return story


def _step(block: str) -> Step:
    head, _newline, text = block.partition("\n")
    who, *words = head.split()
    after, options = timedelta(), {}
    for word in words:
        if found := _AFTER.match(word):
            after = timedelta(**{_UNITS[found[2]]: int(found[1])})
        else:
            key, _equals, value = word.partition("=")
            options[key] = value
    return Step(who, after, options, text.strip())
