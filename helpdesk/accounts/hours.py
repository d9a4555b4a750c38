"""Reckoning with working hours. Pure: plain values in, moments and durations out; it knows no tables.

A day of 23 or 25 hours, when clocks are changed, counts as long as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from helpdesk.accounts.zones import zone

Span = tuple[time, time]
"""From and to, on one day; 00:00 as the end is midnight."""
MIDNIGHT = time(0)
FARTHEST = 400
"""Days looked ahead for somebody at work."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Hours:
    zone: str = "UTC"
    week: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    """Day of the week (0 is Monday) → its shifts."""
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    """Days that differ from their week: none for a day off."""

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is at work then."""
        return any(start <= moment < end for start, end in self.spans(self._local(moment)))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when they are the wrong way round."""
        total = timedelta()
        day, last = self._local(start), self._local(end)
        while day <= last:
            for opens, closes in self.spans(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += _DAY
        return total

    def next_open(self, moment: datetime) -> datetime | None:
        """The moment itself when somebody is at work, else when work begins; None if never within a year."""
        for ahead in range(FARTHEST):
            for opens, closes in self.spans(self._local(moment) + ahead * _DAY):
                if closes > moment:
                    return max(opens, moment)
        return None

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """When somebody is at work on this day, in UTC, in order."""
        for starts, ends in self.days.get(day, self.week.get(day.weekday(), ())):
            yield self._moment(day, starts), self._moment(day if ends != MIDNIGHT else day + _DAY, ends)

    def _local(self, moment: datetime) -> date:
        return moment.astimezone(zone(self.zone)).date()

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, zone(self.zone)).astimezone(UTC)


ALWAYS = Hours(week=dict.fromkeys(range(7), ((MIDNIGHT, MIDNIGHT),)))
"""Of who has no working hours: round the clock."""
