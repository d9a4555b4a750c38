"""What a change of the policies would do to the tickets that are open now. Nothing is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from helpdesk.accounts.hours import Hours
from helpdesk.accounts.models import Calendar
from tickets.models import SlaPolicy, Ticket
from tickets.sla import clocks, ledger, policies, settling, terms
from tickets.sla.clocks import Clock
from tickets.sla.terms import Terms

MOST = 3000
"""So many of the newest open tickets are looked at."""
SHOWN = 5
EARLIER, LATER, BREACHED, BEGUN, GONE = "earlier", "later", "breached", "begun", "gone"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    looked_at: int
    """Open tickets, the newest when there are more than can be looked at."""
    is_all: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many tickets would be due earlier or later, be overdue at once, get a time, or lose all."""
    examples: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Numbers of some of them."""

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


def forecast(proposed: Sequence[Terms], now: datetime) -> Forecast:
    """What would be if these policies held, in this order."""
    found = Ticket.objects.on_desk().unfinished().filter(is_internal=False).order_by("-id")
    pks = list(found.values_list("pk", flat=True)[: MOST + 1])
    counts: Counter[str] = Counter()
    examples: dict[str, list[int]] = {}
    for number, old, new in _both(pks[:MOST], proposed, now):
        for what in _changes(old, new, now):
            counts[what] += 1
            if len(examples.setdefault(what, [])) < SHOWN:
                examples[what].append(number)
    return Forecast(
        looked_at=min(len(pks), MOST), is_all=len(pks) <= MOST, counts=dict(counts), examples=examples
    )


def with_policy(policy: SlaPolicy, place: int) -> list[Terms]:
    """The policies as they would be with this one, saved or not, at this place among all (1 is the first)."""
    order = list(SlaPolicy.objects.exclude(pk=policy.pk).values_list("pk", flat=True))
    before = set(order[: max(place - 1, 0)])
    others = [each for each in policies.active() if each.pk != policy.pk]
    if policy.is_active:
        others.insert(sum(each.pk in before for each in others), policy)
    return [policies.terms_of(each) for each in others]


def without(policy: SlaPolicy) -> list[Terms]:
    """The policies as they would be without this one."""
    return [policies.terms_of(each) for each in policies.active() if each.pk != policy.pk]


def with_hours(calendar: Calendar, hours: Hours) -> list[Terms]:
    """The policies as they would be if this calendar had these hours."""
    return [
        policies.terms_of(each, hours if each.calendar_id == calendar.pk else None)
        for each in policies.active()
    ]


def _both(
    pks: Sequence[int], proposed: Sequence[Terms], now: datetime
) -> Iterable[tuple[int, list[Clock], list[Clock]]]:
    known = policies.refresh()
    before = ledger.read(pks)
    for row, past in settling.histories(pks):
        old = before.get(row.id, [])
        today = clocks.clocks(past, terms.fitting(known, past.facts), old, now)
        yield row.number, today, clocks.clocks(past, terms.fitting(proposed, past.facts), old, now)


def _changes(old: Sequence[Clock], new: Sequence[Clock], now: datetime) -> set[str]:
    """What becomes of one ticket."""
    before, after = _dues(old), _dues(new)
    if not before and after:
        found = {BEGUN}
    elif before and not after:
        found = {GONE}
    else:
        found = {
            LATER if after[key] > before[key] else EARLIER
            for key in before.keys() & after.keys()
            if after[key] != before[key]
        }
    late = {key for key, due in after.items() if due <= now and before.get(key, now) >= now}
    return found | ({BREACHED} if late else set())


def _dues(found: Iterable[Clock]) -> dict[str, datetime]:
    """Target → when it is due, of the clocks that run."""
    return {each.target: each.due_at for each in found if each.is_open and each.due_at is not None}
