"""What a version of a policy says, and which of several fits a ticket. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from helpdesk.accounts.hours import ALWAYS, Hours, Span
from tickets.sla.calendar import Calendar

FIRST_REPLY, NEXT_REPLY, RESOLUTION = "first_reply", "next_reply", "resolution"
TARGETS = (FIRST_REPLY, NEXT_REPLY, RESOLUTION)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What policies look at."""

    kind: str = ""
    priority: int = 2
    importance: int = 1
    channel: int | None = None
    organisation: int | None = None
    team: int | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One version of a policy; `pk` is the version's."""

    pk: int
    name: str
    number: int
    conditions: Mapping[str, Any] = field(default_factory=dict)
    """Only those that are named."""
    allowed: Mapping[str, timedelta] = field(default_factory=dict)
    pauses_on_hold: bool = False
    warn_share: int | None = None
    warn_before: timedelta | None = None
    warn_tells: Sequence[str] = ()
    late_tells: Sequence[str] = ()
    raises_priority: bool = False
    escalates_after: timedelta | None = None
    hands_back: bool = False
    calendar_name: str = ""
    calendar: Calendar

    def fits(self, facts: Facts) -> bool:
        wanted = self.conditions
        return (
            wanted.get("kind", facts.kind) == facts.kind
            and wanted.get("priority", 0) <= facts.priority
            and wanted.get("importance", 0) <= facts.importance
            and wanted.get("channel", facts.channel) == facts.channel
            and wanted.get("organisation", facts.organisation) == facts.organisation
            and wanted.get("team", facts.team) == facts.team
        )

    def warns_after(self, target: str) -> timedelta | None:
        """How much working time until it is due soon; None for no warning."""
        allowed = self.allowed[target]
        if self.warn_share is not None:
            return allowed * self.warn_share / 100
        if self.warn_before is not None:
            return max(allowed - self.warn_before, timedelta())
        return None


def fitting(known: Iterable[Terms], facts: Facts) -> Terms | None:
    """The first that fits."""
    return next((each for each in known if each.fits(facts)), None)


def read(pk: int, number: int, written: Mapping[str, Any]) -> Terms:
    """What `policies.written` wrote."""
    calendar = written["calendar"]
    return Terms(
        pk=pk,
        number=number,
        name=written["name"],
        conditions=written["conditions"],
        allowed={each: timedelta(minutes=given) for each, given in written["allowed"].items()},
        pauses_on_hold=written["pauses_on_hold"],
        warn_share=written["warn_share"],
        warn_before=_span(written["warn_minutes"]),
        warn_tells=tuple(written["warn_tells"]),
        late_tells=tuple(written["late_tells"]),
        raises_priority=written["raises_priority"],
        escalates_after=_span(written["escalate_minutes"]),
        hands_back=written["hands_back"],
        calendar_name=calendar["name"] if calendar else "",
        calendar=Calendar(hours_read(calendar) if calendar else ALWAYS),
    )


def hours_written(name: str, hours: Hours) -> dict[str, Any]:
    """Working hours as JSON."""
    return {
        "name": name,
        "zone": hours.zone,
        "week": {str(day): _spans_written(spans) for day, spans in sorted(hours.week.items())},
        "days": {day.isoformat(): _spans_written(spans) for day, spans in sorted(hours.days.items())},
    }


def hours_read(written: Mapping[str, Any]) -> Hours:
    """Working hours from what `hours_written` made of them."""
    return Hours(
        zone=written["zone"],
        week={int(day): _spans_read(spans) for day, spans in written["week"].items()},
        days={date.fromisoformat(day): _spans_read(spans) for day, spans in written["days"].items()},
    )


def _spans_written(spans: Sequence[Span]) -> list[list[str]]:
    return [[starts.isoformat(), ends.isoformat()] for starts, ends in spans]


def _spans_read(written: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    return tuple((time.fromisoformat(starts), time.fromisoformat(ends)) for starts, ends in written)


def _span(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)
