"""The rules that are switched on, each compiled once for its version, as they were up to ten seconds ago."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from helpdesk.accounts.hours import Hours
from tickets import fields
from tickets.models import Event, Rule, TeamRouting
from tickets.rules import traits
from tickets.rules.ready import Ready, ready

SECONDS = 10.0
"""How long a process may go by rules that were changed meanwhile."""


@dataclass
class Known:
    rules: tuple[Ready, ...] = ()
    """In their order."""
    by_kind: Mapping[str, tuple[Ready, ...]] = field(default_factory=dict)
    """Kind of event → the rules that it may set off."""
    timed: tuple[Ready, ...] = ()
    winding: frozenset[str] = frozenset()
    """Kinds of events that begin or end what rules of time wait for."""
    unwound: tuple[int, ...] = ()
    """Rules of time whose alarms are not set yet."""
    hours: Mapping[int, Hours] = field(default_factory=dict)
    """Team → its working hours."""
    until: float = 0.0

    def may_follow(self, event: Event) -> Iterator[Ready]:
        return (each for each in self.by_kind.get(event.kind, ()) if each.is_set_off(event))


_kept = Known()


def known() -> Known:
    """What is switched on now, as it was up to SECONDS ago."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept


def refresh() -> Known:
    """Read the tables now; what has not changed is not compiled again."""
    rows = list(Rule.objects.active().in_order())
    before = {(each.pk, each.version): each for each in _kept.rules}
    own = traits.by_name(fields.every()) if rows else {}
    rules = tuple(before.get((row.pk, row.version)) or ready(row, own) for row in rows)
    timed = tuple(each for each in rules if each.clock)
    _kept.rules, _kept.timed, _kept.by_kind = rules, timed, _sorted(rules)
    _kept.winding = frozenset(kind for each in timed if each.clock for kind in each.clock.kinds)
    _kept.unwound = tuple(row.pk for row in rows if row.clock and row.wound_version != row.version)
    _kept.hours = hours() if rules else {}
    _kept.until = time.monotonic() + SECONDS
    return _kept


def forget() -> None:
    """Something was changed: this process looks again at once, the others within SECONDS."""
    _kept.until = 0.0


def _sorted(rules: Sequence[Ready]) -> dict[str, tuple[Ready, ...]]:
    found: dict[str, list[Ready]] = {}
    for rule in rules:
        for kind in dict.fromkeys(kind for each in rule.triggers for kind in each.kinds):
            found.setdefault(kind, []).append(rule)
    return {kind: tuple(each) for kind, each in found.items()}


def hours() -> dict[int, Hours]:
    """Team → its working hours, of those that have any; a few queries."""
    rows = TeamRouting.objects.filter(calendar__isnull=False).select_related("calendar")
    rows = rows.prefetch_related("calendar__shifts", "calendar__holidays")
    return {row.team_id: row.calendar.hours() for row in rows if row.calendar}
