"""How long answers and solutions took lately: a small table, made anew by the beat, kept in memory."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from tickets.expected import reckoning
from tickets.expected.models import Expectation, ExpectedTime, Pace
from tickets.expected.reckoning import ROUND, Figures
from tickets.models import TeamRouting, Ticket
from tickets.models.ticket import WAITS
from tickets.routing import staff
from tickets.sla.calendar import Calendar

LATELY = timedelta(days=28)
MOST = 5000
"""Tickets looked at, the newest."""
SECONDS = 10.0
"""How long a process may go by figures that were made anew meanwhile."""
What = Pace.What
Hours = Mapping[int | None, Calendar]


@dataclass
class Kept:
    settings: Expectation = field(default_factory=lambda: Expectation(pk=1))
    figures: Mapping[tuple[str, str], Figures] = field(default_factory=dict)
    hours: Mapping[int | None, Calendar] = field(default_factory=dict)
    """Team → its working hours, where it has any."""
    until: float = 0.0

    def of(self, what: str, cells: Iterable[str]) -> dict[str, Figures]:
        return {cell: self.figures[what, cell] for cell in cells if (what, cell) in self.figures}


_kept = Kept()


def known() -> Kept:
    """Settings, figures and working hours; as they were up to ten seconds ago, which mostly asks nothing."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept


def refresh() -> None:
    """Read the tables now: four queries at most."""
    _kept.settings = Expectation.load()
    _kept.figures = {
        (row.what, row.cell): Figures(count=row.count, median=row.median, most=row.most, queue=row.queue)
        for row in Pace.objects.all()
    }
    _kept.hours = working_hours()
    _kept.until = time.monotonic() + SECONDS


def working_hours() -> Hours:
    """Team → the hours in which it works, for those that have any."""
    teams = dict(TeamRouting.objects.values_list("team", "calendar"))
    calendars = staff.calendars(teams.values())
    return {team: Calendar(calendars[calendar]) for team, calendar in teams.items() if calendar}


def cells(ticket: Ticket, *, is_open: bool) -> list[str]:
    """What the ticket is like, the narrowest first; the last of the first is whether it came at work."""
    team = f"team {ticket.team_id or 0}"
    return [
        f"{team}, channel {ticket.channel_id or 0}, {ticket.kind or '-'}, {ticket.priority}, {int(is_open)}",
        f"{team}, {ticket.kind or '-'}, {ticket.priority}",
        f"{team}, {ticket.priority}",
        team,
        "all",
    ]


@transaction.atomic
def recount(now: datetime) -> int:
    """Make the table anew from the tickets of late, and look again at what was told; how many rows."""
    hours = working_hours()
    newest = Ticket.objects.on_desk().filter(is_internal=False).order_by("-id")
    rows = newest.only("team", "channel", "kind", "priority", *_MOMENTS)[:MOST]
    recent = [each for each in rows if each.created_at >= now - LATELY]
    queues = _queues(recent, hours, now)
    found = [
        Pace(what=what, cell=cell, team_id=team, queue=queues.get(team, 0), at=now, **_spread(minutes))
        for what, taken in (
            (What.REPLY, _replies(recent, hours, now)),
            (What.SOLUTION, _solutions(recent, hours)),
        )
        for (cell, team), minutes in taken.items()
    ]
    Pace.objects.all().delete()
    Pace.objects.bulk_create(found, batch_size=500)
    for team, queue in queues.items():
        _look_again(team, queue, hours.get(team, ROUND), now)
    return len(found)


_MOMENTS = ("created_at", "first_replied_at", "resolved_at", "waiting_since", "status")
Taken = dict[tuple[str, int | None], list[int]]


def _replies(recent: list[Ticket], hours: Hours, now: datetime) -> Taken:
    """Minutes to the first reply. Who still waits counts too, once longer than half of the others did."""
    taken: Taken = defaultdict(list)
    waiting: list[tuple[Ticket, int]] = []
    for ticket in recent:
        at = hours.get(ticket.team_id, ROUND)
        if ticket.first_replied_at:
            _add(taken, ticket, at, _minutes(at, ticket.created_at, ticket.first_replied_at))
        elif ticket.waiting_since:
            waiting.append((ticket, _minutes(at, ticket.created_at, now)))
    halves = {key: reckoning.percentile(sorted(minutes), 0.5) for key, minutes in taken.items()}
    for ticket, minutes in waiting:
        key = (f"team {ticket.team_id or 0}", ticket.team_id)
        if minutes > halves.get(key, 0):
            _add(taken, ticket, hours.get(ticket.team_id, ROUND), minutes)
    return taken


def _solutions(recent: list[Ticket], hours: Hours) -> Taken:
    taken: Taken = defaultdict(list)
    for ticket in recent:
        if ticket.resolved_at:
            at = hours.get(ticket.team_id, ROUND)
            _add(taken, ticket, at, _minutes(at, ticket.created_at, ticket.resolved_at))
    return taken


def _add(taken: Taken, ticket: Ticket, at: Calendar, minutes: int) -> None:
    for cell in cells(ticket, is_open=at.hours.is_open(ticket.created_at)):
        taken[cell, None if cell == "all" else ticket.team_id].append(minutes)


def _queues(recent: list[Ticket], hours: Hours, now: datetime) -> dict[int | None, int]:
    """Team → minutes of work until what waits there for a first answer has it, at the pace of late.

    The pace is that of times when somebody waited: a team with nothing to do is not slow.
    """
    waits_of: dict[int | None, list[tuple[datetime, datetime]]] = defaultdict(list)
    answered: Counter[int | None] = Counter()
    for ticket in recent:
        if ticket.first_replied_at or ticket.waiting_since:
            waits_of[ticket.team_id].append((ticket.created_at, ticket.first_replied_at or now))
            answered[ticket.team_id] += bool(ticket.first_replied_at)
    waits = Ticket.objects.filter(WAITS, is_internal=False, first_replied_at=None)
    counts = waits.order_by().values_list("team").annotate(Count("id"))
    found = {}
    for team, waiting in counts:
        if answered[team]:
            at = hours.get(team, ROUND)
            busy = sum(_minutes(at, *stretch) for stretch in reckoning.stretches(waits_of[team]))
            found[team] = round(waiting * busy / answered[team])
    return found


def _look_again(team: int | None, queue: int, at: Calendar, now: datetime) -> None:
    """What was told for sooner than its turn in the queue comes is looked at now; what is noted stays."""
    waits = ExpectedTime.objects.open().filter(ticket__team=team, ticket__waiting_since__isnull=False)
    in_turn = waits.order_by("-ticket__priority", "ticket__waiting_since")
    rows = list(in_turn.values_list("pk", "until", "slips_at")[:MOST])
    late = []
    for turn, (pk, until, slips_at) in enumerate(rows, 1):
        done = reckoning.after(at, now, queue * turn // len(rows))
        if slips_at is None and done and done > until:
            late.append(pk)
    ExpectedTime.objects.filter(pk__in=late, check_at__gt=now).update(check_at=now)


def _minutes(at: Calendar, start: datetime, end: datetime) -> int:
    return max(1, round(at.used(start, end).total_seconds() / 60)) if end > start else 1


def _spread(minutes: list[int]) -> dict[str, int]:
    found = sorted(minutes)
    return {
        "count": len(found),
        "median": reckoning.percentile(found, 0.5),
        "most": reckoning.percentile(found, 0.9),
    }
