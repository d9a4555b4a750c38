"""Working time with pauses: when so much of it will have passed, and how much has. Pure.

Days, shifts and changed clocks are those of `helpdesk.accounts.hours`; here each day is reckoned once.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from helpdesk.accounts.hours import Hours
from helpdesk.accounts.zones import zone

Pause = tuple[datetime, datetime | None]
"""From and to; None while it lasts."""
Stretch = tuple[datetime, datetime | None]
"""Between two pauses; without an end the last one."""
FARTHEST = 1500
"""Days looked ahead for a moment."""
_MOST_KEPT = 4000
_DAY = timedelta(days=1)
_NOTHING = timedelta()


class Calendar:
    """Reckons by some working hours, fast when it is asked again and again."""

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        self._zone = zone(hours.zone)
        self._days: dict[date, list[tuple[datetime, datetime]]] = {}

    def due_at(self, start: datetime, allowed: timedelta, pauses: Iterable[Pause] = ()) -> datetime | None:
        """When `allowed` working time has passed since `start`, not counting the pauses.

        None when it never does: it is paused before, or nobody works for years.
        """
        return self.moments(start, [allowed], pauses)[0]

    def moments(
        self, start: datetime, amounts: Sequence[timedelta], pauses: Iterable[Pause] = ()
    ) -> list[datetime | None]:
        """The same for several amounts, in one walk."""
        found: list[datetime | None] = [None] * len(amounts)
        order = sorted(range(len(amounts)), key=lambda at: amounts[at])
        passed, next_ = _NOTHING, 0
        for begins, ends in running(start, pauses):
            for opens, closes in self._work(begins, ends):
                until = passed + (closes - opens)
                while next_ < len(order) and amounts[order[next_]] <= until:
                    found[order[next_]] = opens + (amounts[order[next_]] - passed)
                    next_ += 1
                if next_ == len(order):
                    return found
                passed = until
        return found

    def used(self, start: datetime, until: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """How much working time has passed, not counting the pauses; none when the moments are reversed."""
        return sum((closes - opens for opens, closes in self.worked(start, until, pauses)), _NOTHING)

    def worked(
        self, start: datetime, until: datetime, pauses: Iterable[Pause] = ()
    ) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of working time that count, in order."""
        for begins, ends in running(start, pauses):
            if begins >= until:
                break
            yield from self._work(begins, min(ends, until) if ends else until)

    def _work(self, begins: datetime, ends: datetime | None) -> Iterator[tuple[datetime, datetime]]:
        """What of a stretch is working time."""
        first = begins.astimezone(self._zone).date()
        for ahead in range(FARTHEST):
            day = first + ahead * _DAY
            for opens, closes in self._spans(day):
                if ends is not None and opens >= ends:
                    return
                opens, closes = max(opens, begins), min(closes, ends) if ends else closes
                if closes > opens:
                    yield opens, closes
            if ends is not None and day > ends.astimezone(self._zone).date():
                return

    def _spans(self, day: date) -> Sequence[tuple[datetime, datetime]]:
        known = self._days.get(day)
        if known is None:
            if len(self._days) >= _MOST_KEPT:
                self._days.clear()
            known = self._days[day] = list(self.hours.spans(day))
        return known


def running(start: datetime, pauses: Iterable[Pause]) -> Iterator[Stretch]:
    """What lies between the pauses from `start` on; pauses may overlap, and end before it."""
    at: datetime = start
    for begins, ends in sorted(pauses, key=lambda pause: pause[0]):
        if begins > at:
            yield at, begins
        if ends is None:
            return
        at = max(at, ends)
    yield at, None
