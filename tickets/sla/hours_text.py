"""Working hours as people write them: "9:00-12:00, 13:00-17:00", and days that differ, one a line. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time

from helpdesk.accounts.hours import MIDNIGHT, Span

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_EXACT = r"\d{1,2}[:.]\d{2}\s*[-–—]\s*\d{1,2}[:.]\d{2}"
# As computers write a date, as Hungarians do (2026. 12. 25.), or as most of Europe does (25.12.2026).
_DATE = r"(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?|(\d{1,2})\.(\d{1,2})\.(\d{4}))"
_DAY = re.compile(rf"{_DATE}(?:\s+({_EXACT})(?![\d.:]))?(?:\s+(.*))?")
MOST_DAYS = 400
LONGEST_NAME = 80
Day = tuple[date, Span | None, str]


class Unreadable(ValueError):
    """What cannot be read, as it was written."""


class Overlapping(Unreadable):
    """Two shifts of a day."""


class Backwards(Unreadable):
    """A shift ends before it begins: a night is two days."""


class Several(Unreadable):
    """A day that differs has one span at most."""


def spans(written: str) -> list[Span]:
    """The shifts of a day, in order; none for an empty text. Raises Unreadable, also when they overlap."""
    found = sorted(_span(part) for part in re.split("[,;]", written) if part.strip())
    if not make_sense(found):
        raise Overlapping(written)
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
    """Stretches of a day as one types them, such as "09:00-12:00, 13:00-17:00"."""
    return ", ".join(f"{starts:%H:%M}-{ends:%H:%M}" for starts, ends in given)


def days_written(given: Sequence[Day]) -> str:
    """Days apart from the week as one types them, a line each; without a stretch nobody works."""
    return "\n".join(
        " ".join(filter(None, (day.isoformat(), spans_written([span]) if span else "", name)))
        for day, span, name in given
    )


def _span(part: str) -> Span:
    match = _SPAN.fullmatch(part.strip())
    if match is None:
        raise Unreadable(part.strip())
    hours = [int(each or 0) for each in match.groups()]
    if hours[2:] == [24, 0]:
        hours[2] = 0
    try:
        starts, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        raise Unreadable(part.strip()) from None
    if not make_sense([(starts, ends)]):
        raise Backwards(part.strip())
    return starts, ends


def _day(line: str) -> Day:
    match = _DAY.fullmatch(line)
    if match is None:
        raise Unreadable(line)
    *parts, span, name = match.groups()
    numbers = [int(each) for each in parts if each]
    try:
        day = date(*(reversed(numbers) if parts[6] else numbers))
    except ValueError:
        raise Unreadable(line) from None
    if name and re.match(_EXACT, name):
        raise Several(line)
    return day, _span(span) if span else None, (name or "")[:LONGEST_NAME]
