"""From a ticket's history to its clocks: what runs, what is paused, what has ended, and when. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tickets.sla.terms import FIRST_REPLY, NEXT_REPLY, RESOLUTION, Facts, Terms

WAITING, ON_HOLD, RESOLVED, CLOSED = "waiting", "on_hold", "resolved", "closed"
FINISHED = (RESOLVED, CLOSED)
SNOOZED, AWAY = "snoozed", "away"
"""Snoozed until the customer answers; in spam or bin."""
MET, LATE, DROPPED = "met", "late", "dropped"
Pause = tuple[datetime, datetime | None, str]
"""From, to (None while it lasts) and why."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """That a ticket changed: `what` is a status, a folder, sleep or a word that was said."""

    at: datetime
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class History:
    """A ticket as it is, and what happened to it, in order."""

    facts: Facts = field(default_factory=Facts)
    created_at: datetime
    status: str
    is_away: bool = False
    """In no place where anybody is to answer it: spam, bin, joined into another, among colleagues."""
    waiting_since: datetime | None = None
    first_replied_at: datetime | None = None
    resolved_at: datetime | None = None
    changes: Sequence[Change] = ()

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time to keep, as it stands. Equal clocks need not be written again."""

    target: str
    version: int
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    warn_at: datetime | None = None
    due_at: datetime | None = None
    escalate_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    escalated_at: datetime | None = None
    next_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""

    @property
    def is_paused(self) -> bool:
        return self.ended_at is None and bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


def clocks(history: History, terms: Terms | None, before: Iterable[Clock], now: datetime) -> list[Clock]:
    """The clocks of a ticket under these terms; those of `before` that hold no longer are among them."""
    known = {(each.target, each.started_at): each for each in before}
    found: dict[tuple[str, datetime], Clock] = {}
    if terms is not None and not history.is_away:
        for asked in _asked(history, terms, known.values()):
            key = (asked.target, asked.started_at)
            found[key] = _reckoned(asked, terms, known.get(key), now)
    for key, old in known.items():
        if key not in found:
            found[key] = _ended(old, history, now)
    return list(found.values())


def first_due(found: Iterable[Clock]) -> Clock | None:
    """The open clock that is due first, a paused one when nothing runs."""
    alive = [each for each in found if each.is_open]
    dated = [(each.due_at, each) for each in alive if each.due_at is not None]
    if dated:
        return min(dated, key=lambda pair: pair[0])[1]
    return next(iter(alive), None)


def pauses(history: History, *, on_hold: bool, until: datetime | None) -> tuple[Pause, ...]:
    """When the clock stood still and why: one waited for the customer, or it was finished or away."""
    found: list[Pause] = []
    state: dict[str, str] = {}
    since: tuple[datetime, str] | None = None
    for change in history.changes:
        if until is not None and change.at >= until:
            break
        state[change.what] = change.after
        why = _why(state, on_hold)
        if since and why != since[1]:
            found.append((since[0], change.at, since[1]))
            since = None
        if why and since is None:
            since = (change.at, why)
    if since and until is None:
        found.append((since[0], None, since[1]))
    elif since and until is not None:
        found.append((since[0], until, since[1]))
    return tuple(found)


def _why(state: dict[str, str], on_hold: bool) -> str:
    """Why the clock stands still in this state, "" when it does not."""
    status = state.get("status", "")
    if state.get("folder", "desk") != "desk":
        return AWAY
    if status in FINISHED or status == WAITING or (status == ON_HOLD and on_hold):
        return RESOLVED if status in FINISHED else status
    return SNOOZED if state.get("sleep") == SNOOZED else ""


def _asked(history: History, terms: Terms, known: Iterable[Clock]) -> list[Clock]:
    """What the policy asks for on this ticket: start, pauses and end, if it has ended."""
    asked = []
    if FIRST_REPLY in terms.allowed and not _we_spoke_first(history, known):
        ended = history.first_replied_at or (history.resolved_at if history.is_finished else None)
        asked.append(_spanned(FIRST_REPLY, history.created_at, ended, history, terms))
    again = history.waiting_since if history.first_replied_at and not history.is_finished else None
    if NEXT_REPLY in terms.allowed and again:
        asked.append(_spanned(NEXT_REPLY, again, None, history, terms))
    if RESOLUTION in terms.allowed:
        ended = history.resolved_at if history.is_finished else None
        asked.append(_spanned(RESOLUTION, history.created_at, ended, history, terms))
    return asked


def _spanned(target: str, start: datetime, ended: datetime | None, history: History, terms: Terms) -> Clock:
    stood = pauses(history, on_hold=terms.pauses_on_hold, until=ended)
    mattering = tuple(each for each in stood if each[1] is None or each[1] > start)
    return Clock(target=target, version=terms.pk, started_at=start, ended_at=ended, pauses=mattering)


def _we_spoke_first(history: History, known: Iterable[Clock]) -> bool:
    """Nobody waits for a first reply to what began with our own words."""
    if history.first_replied_at is None or any(each.target == FIRST_REPLY for each in known):
        return False
    said = [change.what for change in history.changes if change.what in ("received", "replied")]
    return bool(said) and said[0] == "replied"


def _reckoned(asked: Clock, terms: Terms, old: Clock | None, now: datetime) -> Clock:
    """With its moments and marks; one that has ended stays as it was reckoned then."""
    if old and old.ended_at and old.ended_at == asked.ended_at:
        return old
    allowed, late_for = terms.allowed[asked.target], terms.escalates_after
    after = (terms.warns_after(asked.target), allowed, None if late_for is None else allowed + late_for)
    amounts = [each for each in after if each is not None]
    spans = [(start, end) for start, end, _why in asked.pauses]
    walked = iter(terms.calendar.moments(asked.started_at, amounts, spans))
    moments = [None if each is None else next(walked) for each in after]
    marks = _marks(old, moments, now)
    clock = replace(
        asked,
        warn_at=moments[0],
        due_at=moments[1],
        escalate_at=moments[2],
        warned_at=marks[0],
        breached_at=marks[1],
        escalated_at=marks[2],
    )
    return _closed(clock) if clock.ended_at else with_next(clock)


def _closed(clock: Clock) -> Clock:
    missed = clock.due_at is not None and clock.ended_at is not None and clock.ended_at > clock.due_at
    return replace(clock, outcome=LATE if missed else MET, next_at=None)


def _marks(old: Clock | None, moments: Sequence[datetime | None], now: datetime) -> Sequence[datetime | None]:
    """What was crossed stays crossed, unless its moment lies ahead again under new terms."""
    if old is None:
        return (None, None, None)
    marks = (old.warned_at, old.breached_at, old.escalated_at)
    return [
        mark if moment is not None and moment <= now else None
        for mark, moment in zip(marks, moments, strict=True)
    ]


def with_next(clock: Clock) -> Clock:
    """With the moment of the first threshold that it has not crossed."""
    ahead = [moment for _name, moment in uncrossed(clock)]
    return replace(clock, next_at=min(ahead, default=None))


def uncrossed(clock: Clock) -> list[tuple[str, datetime]]:
    """The thresholds before it and their moments, in order."""
    pairs = (
        ("warned_at", clock.warn_at, clock.warned_at),
        ("breached_at", clock.due_at, clock.breached_at),
        ("escalated_at", clock.escalate_at, clock.escalated_at),
    )
    return [(name, moment) for name, moment, mark in pairs if moment is not None and mark is None]


def _ended(old: Clock, history: History, now: datetime) -> Clock:
    """One that nobody asks for any more: a next reply was given, or the policy says nothing of it."""
    if old.ended_at is not None:
        return old
    answered = old.target == NEXT_REPLY and not history.is_away and history.waiting_since != old.started_at
    if not answered:
        return replace(old, ended_at=now, outcome=DROPPED, next_at=None)
    since = [change.at for change in history.changes if change.at >= old.started_at and _answers(change)]
    return _closed(replace(old, ended_at=min(since, default=now)))


def _answers(change: Change) -> bool:
    """Whether the customer waits for us no longer from then on."""
    return change.what == "replied" or (change.what == "status" and change.after in (WAITING, *FINISHED))
