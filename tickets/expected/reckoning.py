"""From how long answers took to what may be told: a range in steps that people say. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpdesk.accounts.hours import ALWAYS, Hours
from tickets.sla.calendar import Calendar

HOUR = 60
STEPS = (15, 30, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR)
"""Minutes that are told; what is longer is told in days."""
MINUTES, HOURS, DAYS = "minutes", "hours", "days"
ROUND = Calendar(ALWAYS)
"""Of a team without working hours."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How long it took for like tickets, in working minutes."""

    count: int
    median: int
    most: int
    """Nine of ten took no longer."""
    queue: int = 0
    """Minutes until what waits in the team is answered, at the pace of late."""


@dataclass(frozen=True, kw_only=True)
class Length:
    unit: str
    count: int
    minutes: int
    """Of working time, as reckoned with."""
    is_working: bool
    """Whether it is counted in working hours; else round the clock."""


@dataclass(frozen=True, kw_only=True)
class Range:
    low: Length
    high: Length


def choose(known: Mapping[str, Figures], cells: Sequence[str], least: int) -> Figures | None:
    """The figures of the narrowest cell that has enough tickets to go by."""
    return next((known[each] for each in cells if each in known and known[each].count >= least), None)


def expected(figures: Figures, hours: Hours) -> Range:
    """From what half of the answers took to what nine of ten took; a long queue makes it longer."""
    most = max(figures.most, figures.queue)
    low = min(max(figures.median, figures.queue // 2), most)
    return Range(low=length(low, hours), high=length(most, hours))


def within(minutes: int, hours: Hours) -> Range:
    """Of a time that is promised as it stands."""
    only = length(minutes, hours)
    return Range(low=only, high=only)


def shortened(spread: Range, minutes: int, hours: Hours) -> Range:
    """The same, but for no longer than this: rounded down, so that nothing later is told."""
    most = _floor(max(1, minutes), hours)
    low = spread.low if spread.low.minutes < most.minutes else most
    return Range(low=low, high=most)


def _floor(minutes: int, hours: Hours) -> Length:
    day = day_minutes(hours)
    whole_days = minutes // day * day
    if whole_days > STEPS[-1]:
        return said(whole_days, hours)
    return said(max((each for each in STEPS if each <= minutes), default=minutes), hours)


def said(minutes: int, hours: Hours) -> Length:
    """What was told already: it stands as it is, even where it is less than is told of oneself."""
    if minutes < HOUR:
        return Length(unit=MINUTES, count=minutes, minutes=minutes, is_working=hours is not ALWAYS)
    return length(minutes, hours)


def length(minutes: int, hours: Hours) -> Length:
    """Rounded up to a step. In working hours the least is an hour: a mail of the night has no half of one."""
    is_working = hours is not ALWAYS
    steps = [each for each in STEPS if each >= HOUR or not is_working]
    step = next((each for each in steps if minutes <= each), 0)
    if step:
        unit, count = (MINUTES, step) if step < HOUR else (HOURS, step // HOUR)
        return Length(unit=unit, count=count, minutes=step, is_working=is_working)
    day = day_minutes(hours)
    days = max(1, math.ceil(minutes / day))
    return Length(unit=DAYS, count=days, minutes=days * day, is_working=is_working)


def day_minutes(hours: Hours) -> int:
    """How long a day of work is, on the average of the days with any."""
    lengths = []
    for spans in hours.week.values():
        ends = [(end.hour * HOUR + end.minute) or 24 * HOUR for _start, end in spans]
        starts = [start.hour * HOUR + start.minute for start, _end in spans]
        lengths.append(sum(ends) - sum(starts))
    worked = [each for each in lengths if each > 0]
    return round(sum(worked) / len(worked)) if worked else 24 * HOUR


def after(calendar: Calendar, start: datetime, minutes: int) -> datetime | None:
    """The moment when so much working time has passed; None when it never does."""
    return calendar.due_at(start, timedelta(minutes=minutes))


def stretches(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The time that these spans cover together, in order and without overlap."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def percentile(sorted_minutes: Sequence[int], share: float) -> int:
    """The nearest rank: so large a share took no longer."""
    return sorted_minutes[max(0, math.ceil(share * len(sorted_minutes)) - 1)]
