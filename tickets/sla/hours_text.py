"""Working hours as people write them: "9:00-12:00, 13:00-17:00", and days that differ, one a line. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time

from helpdesk.accounts.hours import MIDNIGHT, Span

_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:(\d{1,2}[:.]\d{2}\s*[-–—]\s*\d{1,2}[:.]\d{2})\b)?\s*(.*)")
MOST_DAYS = 400
LONGEST_NAME = 80
Day = tuple[date, Span | None, str]


class Unreadable(ValueError):
    """What cannot be read, as it was written."""


def spans(written: str) -> list[Span]:
    """The shifts of a day, in order; none for an empty text. Raises Unreadable, also when they overlap."""
    found = sorted(_span(part) for part in written.split(",") if part.strip())
    if not make_sense(found):
        raise Unreadable(written)
    return found


def make_sense(found: Sequence[Span]) -> bool:
    """Whether the shifts of a day, in order, each end after they begin and do not overlap."""
    if any(ends <= starts and ends != MIDNIGHT for starts, ends in found):
        return False
    return all(
        ends != MIDNIGHT and ends <= starts
        for (_starts, ends), (starts, _ends) in zip(found, found[1:], strict=False)
    )


def days(written: str) -> list[Day]:
    """The days that differ, each once, in order: "2026-12-24 9:00-12:00 Christmas Eve". Raises Unreadable."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    found = {day: (day, span, name) for day, span, name in map(_day, lines)}
    if len(found) > MOST_DAYS:
        raise Unreadable(lines[MOST_DAYS])
    return [found[day] for day in sorted(found)]


def spans_written(given: Iterable[Span]) -> str:
    return ", ".join(f"{starts:%H:%M}-{ends:%H:%M}" for starts, ends in given)


def days_written(given: Sequence[Day]) -> str:
    return "\n".join(
        " ".join(filter(None, (day.isoformat(), spans_written([span]) if span else "", name)))
        for day, span, name in given
    )


def _span(part: str) -> Span:
    match = _SPAN.fullmatch(part.strip())
    if match is None:
        raise Unreadable(part.strip())
    hours = [int(each) for each in match.groups()]
    if hours[2:] == [24, 0]:
        hours[2] = 0
    try:
        starts, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        raise Unreadable(part.strip()) from None
    if not make_sense([(starts, ends)]):
        raise Unreadable(part.strip())
    return starts, ends


def _day(line: str) -> Day:
    match = _DAY.fullmatch(line)
    if match is None:
        raise Unreadable(line)
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        raise Unreadable(line) from None
    return day, _span(match[2]) if match[2] else None, match[3][:LONGEST_NAME]
