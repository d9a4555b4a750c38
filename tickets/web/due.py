"""A due time as lists and pages show it: how near it is, and on demand why it is then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access
from tickets.models import Ticket
from tickets.sla import clocks
from tickets.sla import why as reasons
from tickets.web import clock_words, times

CALM, SOON, LATE, PAUSED = "calm", "soon", "late", "paused"
SOON_SHARE = 75  # percent of a dial
SHOWN = 12
"""So many stretches of working time are listed, the last ones."""


@dataclass(frozen=True, slots=True)
class Due:
    state: str
    left: str
    """Short, for a row: "38 min", "late 12 min"; "" while it is paused."""
    title: str
    """What is due when: "First reply due 18:00"."""
    share: int
    """How full the dial is, in percent."""


@dataclass(frozen=True, slots=True)
class Line:
    """One clock, explained."""

    title: str
    state: str
    tone: str
    policy: str
    started: str
    allowed: str
    used: str
    hours: str
    pauses: Sequence[str]
    counted: Sequence[tuple[str, str]]
    earlier: int
    """How many stretches before those are not shown."""
    is_open: bool


def of(ticket: Ticket, now: datetime) -> Due | None:
    """What is due first on this ticket; None when nothing is."""
    if not ticket.due_target or ticket.is_finished:
        return None
    what, due, soon = clock_words.target(ticket.due_target), ticket.due_at, ticket.due_soon_at
    if due is None:
        return Due(PAUSED, "", _("%(what)s: the clock is paused") % {"what": what}, 0)
    facts = {"what": what, "when": times.day_to_come(due, now)}
    if due <= now:
        left = _("late %(span)s") % {"span": times.span(due, now)}
        return Due(LATE, left, _("%(what)s was due %(when)s") % facts, 100)
    near = soon is not None and soon <= now
    share = _share(ticket.waiting_since, soon, due, now)
    return Due(SOON if near else CALM, times.span(now, due), _("%(what)s due %(when)s") % facts, share)


def _share(since: datetime | None, soon: datetime | None, due: datetime, now: datetime) -> int:
    """About how much of the time is used: the list knows when it is due soon, not what pauses there were."""
    if soon is not None and soon <= now < due and soon < due:
        return SOON_SHARE + round((100 - SOON_SHARE) * ((now - soon) / (due - soon)))
    end, full = (soon, SOON_SHARE) if soon is not None else (due, 100)
    start = since if since is not None and since <= now else now - (end - now) / 3
    return min(round(full * ((now - start) / (end - start))), full) if end > start else full


@staff_required
@require_safe
def why(request: StaffRequest, number: int) -> HttpResponse:
    """Every clock of a ticket: start, pauses, the hours that count, the policy and its version."""
    ticket = access.ticket(request.user, number)
    now = timezone.now()
    lines = [_line(each, now) for each in reasons.of(ticket, now)]
    context = {"ticket": ticket, "lines": lines, "here": ""}
    name = "_due_why" if "HX-Request" in request.headers else "due_why"
    return render(request, f"tickets/{name}.html", context)


def _line(why: reasons.Why, now: datetime) -> Line:
    clock, terms = why.clock, why.terms
    state, tone = _state(why, now)
    return Line(
        title=clock_words.target(clock.target),
        state=state,
        tone=tone,
        policy=_("“%(name)s”, version %(number)d") % {"name": terms.name, "number": terms.number},
        started=times.moment(clock.started_at, now),
        allowed=clock_words.length(why.allowed) if why.allowed else "",
        used=clock_words.length(why.used),
        hours=_("working hours “%(name)s”") % {"name": terms.calendar_name}
        if terms.calendar_name
        else _("round the clock"),
        pauses=[_paused(each, now) for each in clock.pauses],
        counted=[_counted(each, now) for each in why.counted[-SHOWN:]],
        earlier=max(len(why.counted) - SHOWN, 0),
        is_open=clock.is_open,
    )


def _state(why: reasons.Why, now: datetime) -> tuple[str, str]:
    """How it stands, in words, and the colour of that."""
    clock = why.clock
    if clock.outcome == clocks.DROPPED:
        return _("The policy asks for it no longer."), ""
    if clock.ended_at is not None:
        ended = times.moment(clock.ended_at, now)
        if clock.outcome == clocks.LATE:
            return _("Done %(when)s, too late.") % {"when": ended}, LATE
        return _("Done %(when)s, in time.") % {"when": ended}, "met"
    if clock.due_at is None:
        if clock.is_paused:
            return _("Paused, %(left)s left.") % {"left": clock_words.length(why.left)}, PAUSED
        return _("Never due: nobody works in these hours."), PAUSED
    due = times.moment(clock.due_at, now)
    if clock.due_at <= now:
        return _("Overdue since %(when)s.") % {"when": due}, LATE
    near = clock.warn_at is not None and clock.warn_at <= now
    return _("Due %(when)s.") % {"when": due}, SOON if near else CALM


def _paused(pause: clocks.Pause, now: datetime) -> str:
    start, end, why = pause
    told = {
        clocks.WAITING: _("waiting for the customer"),
        clocks.ON_HOLD: _("on hold"),
        clocks.RESOLVED: _("resolved"),
        clocks.SNOOZED: _("snoozed until the customer answers"),
        clocks.AWAY: _("in spam or bin"),
    }.get(why, why)
    since = times.moment(start, now)
    if end is None:
        return _("since %(since)s: %(why)s") % {"since": since, "why": told}
    return _("%(since)s to %(until)s: %(why)s") % {
        "since": since,
        "until": times.moment(end, now),
        "why": told,
    }


def _counted(stretch: reasons.Stretch, now: datetime) -> tuple[str, str]:
    opens, closes = stretch
    start, end = times.moment(opens, now), _end(opens, closes, now)
    return f"{start}–{end}", _changed(opens, closes) % {"length": clock_words.length(closes - opens)}


def _changed(opens: datetime, closes: datetime) -> str:
    """On the night of a change a stretch is an hour shorter or longer than its ends say: why is told."""
    before, after = timezone.localtime(opens).utcoffset(), timezone.localtime(closes).utcoffset()
    if before is None or after is None or before == after:
        return "%(length)s"
    return _("%(length)s: the clocks go forward") if before < after else _("%(length)s: the clocks go back")


def _end(opens: datetime, closes: datetime, now: datetime) -> str:
    same = timezone.localtime(opens).date() == timezone.localtime(closes).date()
    return f"{timezone.localtime(closes):%H:%M}" if same else times.moment(closes, now)
