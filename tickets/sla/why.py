"""Why a ticket is due when it is: start, pauses, the hours that count, and the policy in its version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.models import Ticket
from tickets.sla import clocks, ledger, policies
from tickets.sla.clocks import Clock
from tickets.sla.terms import TARGETS, Terms

RUNNING, PAUSED = "running", "paused"
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Why:
    """One clock, with what it was reckoned from."""

    clock: Clock
    terms: Terms
    state: str
    """"running", "paused", or how it ended: "met", "late", "dropped"."""
    allowed: timedelta | None
    """None where the policy asked for this time no longer."""
    used: timedelta
    """Up to now, or to its end."""
    counted: Sequence[Stretch]
    """The hours that count: up to the moment it is due, or was paused or ended before."""

    @property
    def is_overdue(self) -> bool:
        return self.allowed is not None and self.used > self.allowed

    @property
    def left(self) -> timedelta:
        """How much working time is left; none when it is over."""
        return max((self.allowed or timedelta()) - self.used, timedelta())


def of(ticket: Ticket, now: datetime) -> list[Why]:
    """The clocks of a ticket: those that are open first, then the newest."""
    found = ledger.read([ticket.pk]).get(ticket.pk, [])
    known = policies.versions(sorted({each.version for each in found}))
    ordered = sorted(found, key=lambda each: (not each.is_open, -each.started_at.timestamp()))
    ordered.sort(key=lambda each: (not each.is_open, TARGETS.index(each.target) if each.is_open else 0))
    return [_explained(each, known[each.version], now) for each in ordered]


def _explained(clock: Clock, terms: Terms, now: datetime) -> Why:
    spans = [(start, end) for start, end, _why in clock.pauses]
    until = min(clock.ended_at or now, now)
    reckoned_to = clock.due_at if clock.due_at and clock.is_open else until
    counted = terms.calendar.worked(clock.started_at, reckoned_to, spans)
    return Why(
        clock=clock,
        terms=terms,
        state=clock.outcome or (PAUSED if clock.is_paused else RUNNING),
        allowed=terms.allowed.get(clock.target),
        used=terms.calendar.used(clock.started_at, until, spans),
        counted=_joined(counted),
    )


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """What goes on over midnight is one."""
    found: list[Stretch] = []
    for opens, closes in stretches:
        if found and found[-1][1] == opens:
            found[-1] = (found[-1][0], closes)
        else:
            found.append((opens, closes))
    return found


__all__ = ["PAUSED", "RUNNING", "Why", "clocks", "of"]
