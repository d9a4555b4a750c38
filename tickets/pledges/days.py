"""The desk's calendar, for what words like "Friday" and "within two days" mean at a moment. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

MORNING_ENDS = NOON = time(12)
EVENING_ENDS = time(21)
LAST_MINUTE = time(23, 59)
MONDAY, FRIDAY, SATURDAY = 0, 4, 5


@dataclass(frozen=True)
class Desk:
    """Now, where the desk works; `day_ends` is when its working day is over."""

    now: datetime
    zone: tzinfo
    day_ends: time = time(18)

    @property
    def here(self) -> datetime:
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.here.date()

    def at(self, day: date | None, clock: time | None) -> datetime:
        """That time on that day: without a time when the day ends, without a day the next time it comes."""
        if day is None:
            found = self._moment(self.today, clock or self.day_ends)
            return found if found > self.now else self._moment(self.today + timedelta(days=1), found.time())
        found = self._moment(day, clock or self.day_ends)
        if clock is None and day == self.today and found <= self.now:
            return self._moment(day, LAST_MINUTE)
        return found

    def on(self, days: int, clock: time | None = None) -> datetime:
        """So many days on."""
        return self.at(self.today + timedelta(days=days), clock)

    def weekday(self, wanted: int, *, next_week: bool = False, this: bool = False) -> date:
        """The coming one, never today unless `this` one is meant; with `next_week` that of the week after."""
        if next_week:
            return self.week(1) + timedelta(days=wanted)
        ahead = (wanted - self.today.weekday()) % 7
        return self.today + timedelta(days=ahead if ahead or this else 7)

    def week(self, ahead: int) -> date:
        """The Monday of this week or a later one."""
        return self.today + timedelta(days=7 * ahead - self.today.weekday())

    def week_ends(self, ahead: int = 0) -> date:
        """The Friday of that week; on a weekend "this week" is the next one already."""
        skip = 1 if ahead == 0 and self.today.weekday() >= SATURDAY else 0
        return self.week(ahead + skip) + timedelta(days=FRIDAY)

    def month_ends(self, ahead: int = 0) -> date:
        year, month = divmod(self.today.year * 12 + self.today.month - 1 + ahead, 12)
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    def working_days(self, count: int) -> date:
        day = self.today
        while count > 0:
            day += timedelta(days=1)
            count -= day.weekday() < SATURDAY
        return day

    def dated(self, day: int, month: int, year: int | None = None) -> date | None:
        """That day; without a year the next time it comes. None for a day that is none."""
        if year is not None and year < 100:
            year += 2000
        try:
            found = date(year or self.today.year, month, day)
            return found if year or found >= self.today else date(found.year + 1, month, day)
        except ValueError:
            return None

    def span(self, count: float, unit: str) -> datetime:
        """After so many minutes or hours; of days, weeks and months, when the last of them ends."""
        if unit in ("minute", "hour"):
            return self.now + timedelta(minutes=count * (60 if unit == "hour" else 1))
        if unit == "working day":
            return self.at(self.working_days(int(count)), None)
        if unit == "month":
            end = self.month_ends(int(count))
            return self.at(end.replace(day=min(end.day, self.today.day)), None)
        return self.on(int(count * (7 if unit == "week" else 1)))

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone)


def clock(hour: str | int, minute: str | int | None = 0, *, afternoon: bool = False) -> time | None:
    """A time of day; None for one that is none."""
    hour, minute = int(hour), int(minute or 0)
    if afternoon and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
