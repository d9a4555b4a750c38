"""Which sentence of a text promises something by a time, and by which. Pure.

Only what is said of oneself counts: a sentence needs a cue, such as "I'll", and words for a time. What has
a word for a deadline goes before the rest of its sentence: "I'll ask today and write to you by Friday".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from tickets.pledges import english, hungarian, russian
from tickets.pledges.days import Desk

LONGEST = 20_000
FARTHEST = timedelta(days=366)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZА-ЯЁÁÉÍÓÖŐÚÜŰ„«“\"'])|\n+")
LANGUAGES = (english, russian, hungarian)
Reader = Callable[[re.Match[str], Desk], datetime | None]


@dataclass(frozen=True)
class Pledge:
    due_at: datetime
    words: str
    """As they were written: "by Friday noon"."""


def find(text: str, now: datetime, *, zone: tzinfo, day_ends: time = time(18)) -> Pledge | None:
    """The first promise of the text that lies ahead, at most a year; quoted lines and questions are none."""
    desk = Desk(now=now, zone=zone, day_ends=day_ends)
    pairs = ((sentence, language) for sentence in _sentences(text[:LONGEST]) for language in LANGUAGES)
    for sentence, language in pairs:
        if not language.CUES.search(sentence) or language.DENIALS.search(sentence):
            continue
        if found := list(_times(sentence, language.RULES, desk)):
            firm = [each for each in found if language.DEADLINE.search(each.words)]
            return max(firm, key=lambda each: each.due_at) if firm else found[0]
    return None


def _sentences(text: str) -> Iterator[str]:
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    for sentence in _SENTENCE.split(lines):
        if sentence.strip() and not sentence.rstrip().endswith("?"):
            yield " ".join(sentence.split())


def _times(sentence: str, rules: list[tuple[re.Pattern[str], Reader]], desk: Desk) -> Iterator[Pledge]:
    """The times of a sentence in order; of those that share words the longest of the first."""
    matches = [(match, read) for pattern, read in rules for match in pattern.finditer(sentence) if match[0]]
    taken = 0
    for match, read in sorted(matches, key=lambda each: (each[0].start(), -each[0].end())):
        if match.start() < taken:
            continue
        due = read(match, desk)
        if due is None:
            continue
        taken = match.end()
        if desk.now < due <= desk.now + FARTHEST:
            words = match[0].strip(" ,")
            yield Pledge(due, words if words.endswith("m.") else words.rstrip("."))
