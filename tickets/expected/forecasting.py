"""How long the customer of one ticket is to wait, by what is known in memory: no query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tickets.expected import figures, promised, reckoning
from tickets.expected.models import Pace
from tickets.expected.reckoning import Figures, Range
from tickets.models import Ticket
from tickets.sla.calendar import Calendar

Bound = Callable[[Ticket, datetime, Figures | None, Calendar], datetime | None]
"""An upper bound that somebody keeps anyway, as a target does, by the figures of like tickets and the working
hours that these are counted in; None for none."""
_bounds: list[Bound] = [promised.by_policy]
"""Of the first reply."""


@dataclass(frozen=True, kw_only=True)
class Forecast:
    range: Range
    until: datetime
    check_at: datetime
    """When three quarters of the time are over."""
    count: int
    """Answers it goes by; 0 for a time that an admin set."""


def bound(of: Bound) -> None:
    """From now on a ticket is not told of a later time than this gives for it."""
    _bounds.append(of)


def of(ticket: Ticket, now: datetime, *, what: str = Pace.What.REPLY) -> Forecast | None:
    """None where there is too little history, and no time was set to be told then."""
    kept = figures.known()
    at = kept.hours.get(ticket.team_id, reckoning.ROUND)
    cells = figures.cells(ticket, is_open=at.hours.is_open(ticket.created_at))
    found = reckoning.choose(kept.of(what, cells), cells, kept.settings.least)
    if found:
        spread = reckoning.expected(found, at.hours)
    elif kept.settings.promise_hours and what == Pace.What.REPLY:
        spread = reckoning.within(kept.settings.promise_hours * reckoning.HOUR, at.hours)
    else:
        return None
    until = reckoning.after(at, now, spread.high.minutes)
    check_at = reckoning.after(at, now, spread.high.minutes * 3 // 4)
    if until is None or check_at is None:
        return None
    bounds = filter(None, (each(ticket, now, found, at) for each in _bounds)) if what == "reply" else ()
    bounded = min(bounds, default=until)
    if bounded < until:
        until, left = bounded, at.used(now, bounded).total_seconds()
        spread = reckoning.shortened(spread, int(left) // 60, at.hours)
    return Forecast(
        range=spread, until=until, check_at=min(check_at, until), count=found.count if found else 0
    )
