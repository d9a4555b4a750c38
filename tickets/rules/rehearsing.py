"""What a rule would have done in the last days, ticket by ticket, had it been switched on. It does nothing.

Bounded, so that the page answers: the newest events are looked at, up to a number, and the tickets as they
were then (`rewinding`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tickets.models import Event, Promise, Rule, Ticket
from tickets.rules import compiling, gathering, rewinding, triggers
from tickets.rules.compiling import Ready
from tickets.rules.facts import FILES, MESSAGE, Facts
from tickets.rules.rewinding import Kind

MOST_DAYS = 30
MOST_EVENTS = 1500
FARTHEST = 300_000
"""Events of the desk that are gone back over, whatever they tell."""
SHOWN = 50
_SPEAKING = (Kind.MESSAGE_RECEIVED, Kind.REPLY_SENT)


@dataclass(frozen=True, kw_only=True)
class Would:
    """One time that the rule would have run."""

    ticket: Ticket
    """As it was then."""
    at: datetime
    event: Event | None


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    days: int
    looked: int
    """At how many events or moments."""
    is_cut: bool
    """Whether older ones were left out."""
    would: list[Would] = field(default_factory=list)
    """The newest first."""
    follows: list[Rule] = field(default_factory=list)
    """Rules that are on, and may be set off by what this one does."""

    @property
    def tickets(self) -> int:
        return len({each.ticket.pk for each in self.would})


@dataclass(frozen=True, kw_only=True)
class _Moment:
    ticket: int
    at: datetime
    event: Event | None = None


def rehearse(rule: Rule, *, days: int, now: datetime) -> Rehearsal:
    """Go through the last `days` (30 at most) with this rule, which need not be saved."""
    days = max(1, min(days, MOST_DAYS))
    since = now - timedelta(days=days)
    ready = compiling.ready(rule)
    moments, is_cut = _timed(ready, since, now) if ready.clock else _happened(ready, since)
    would = _held(ready, moments, since)
    return Rehearsal(days=days, looked=len(moments), is_cut=is_cut, would=would, follows=may_follow(rule))


def may_follow(rule: Rule) -> list[Rule]:
    """The other rules that are on and that its own effects may set off."""
    told = {kind for each in rule.actions for kind in _TELLS.get(each["do"], ())}
    found = []
    for other in Rule.objects.active().exclude(pk=rule.pk or 0).in_order():
        named = (triggers.TRIGGERS[name] for name in other.triggers if name in triggers.TRIGGERS)
        if any(told.intersection(each.kinds) for each in named):
            found.append(other)
    return found


def _happened(rule: Ready, since: datetime) -> tuple[list[_Moment], bool]:
    """The events that would have set it off."""
    kinds = {kind for each in rule.triggers for kind in each.kinds}
    newest = Event.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    found = Event.objects.filter(
        kind__in=kinds, at__gte=since, pk__gt=newest - FARTHEST, ticket__isnull=False
    ).select_related("message")
    rows = list(found.defer("message__search", "message__html").order_by("-id")[: MOST_EVENTS + 1])
    moments = [
        _Moment(ticket=event.ticket_id, at=event.at, event=event)
        for event in rows[:MOST_EVENTS]
        if event.ticket_id and rule.is_set_off(event)
    ]
    return moments, len(rows) > MOST_EVENTS


def _timed(rule: Ready, since: datetime, now: datetime) -> tuple[list[_Moment], bool]:
    """The moments at which its alarms would have rung."""
    clock = rule.clock
    if clock is None:
        return [], False
    rung = ((ticket, clock.due(began, rule.wait)) for ticket, began in _starts(rule, since, now))
    moments = [_Moment(ticket=ticket, at=due) for ticket, due in rung if since <= due <= now]
    moments.sort(key=lambda each: each.at, reverse=True)
    return moments[:MOST_EVENTS], len(moments) > MOST_EVENTS


def _starts(rule: Ready, since: datetime, now: datetime) -> list[tuple[int, datetime]]:
    """Ticket and when its clock began, of those that ran long enough without being stopped or moved."""
    name = rule.clock.name if rule.clock else ""
    began = since - rule.wait
    if name == "opened":
        rows = Ticket.objects.filter(created_at__gte=began, created_at__lte=now - rule.wait)
        return list(rows.order_by("-created_at").values_list("pk", "created_at")[: MOST_EVENTS + 1])
    if name == "promise":
        due = Promise.objects.filter(due_at__gte=since + rule.wait, due_at__lte=now + rule.wait)
        return list(due.order_by("-due_at").values_list("ticket", "due_at")[: MOST_EVENTS + 1])
    kinds = (Kind.STATUS_CHANGED, Kind.TICKET_OPENED) if name == "status" else _SPEAKING
    newest = Event.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    told = Event.objects.filter(kind__in=kinds, at__gte=began, pk__gt=newest - FARTHEST, ticket__isnull=False)
    spoken = told.order_by("ticket", "id").values_list("ticket", "at", "kind", "data")
    return _lasted(name, list(spoken[: MOST_EVENTS * 20]), rule.wait, now)


def _lasted(
    name: str, rows: Sequence[tuple[int, datetime, str, Any]], wait: timedelta, now: datetime
) -> list[tuple[int, datetime]]:
    """Those after which nothing of the kind happened on the ticket for as long as the rule waits."""
    found = []
    asked: dict[int, datetime] = {}
    for row, following in pairwise([*rows, (0, now, "", {})]):
        ticket, at, kind, _data = row
        if name == "waiting":
            if kind != Kind.MESSAGE_RECEIVED:
                asked.pop(ticket, None)
                continue
            at = asked.setdefault(ticket, at)
        until = following[1] if following[0] == ticket else now
        if until - at >= wait and (name != "waiting" or (ticket, at) not in found):
            found.append((ticket, at))
    return found


def _held(rule: Ready, moments: Sequence[_Moment], since: datetime) -> list[Would]:
    """The moments at which its conditions held."""
    if not moments:
        return []
    pks = {each.ticket for each in moments}
    tickets = {each.pk: each for each in Ticket.objects.filter(pk__in=pks).select_related("customer")}
    later = rewinding.changes(pks, since - rule.wait)
    said = gathering.latest(pks) if {MESSAGE, FILES} & rule.needs else {}
    hours = compiling.known().hours or compiling.hours()
    asked = []
    for moment in moments:
        if moment.ticket not in tickets:
            continue
        then = rewinding.as_it_was(tickets[moment.ticket], later[moment.ticket], moment.at, moment.event)
        message = gathering.own(moment.event) or said.get(moment.ticket)
        asked.append(Facts(ticket=then, now=moment.at, event=moment.event, message=message, hours=hours))
    if FILES in rule.needs:
        gathering.look_for_files(asked)
    held = [each for each in asked if _would(rule, each)]
    return [Would(ticket=each.ticket, at=each.now, event=each.event) for each in held]


def _would(rule: Ready, facts: Facts) -> bool:
    if not facts.ticket.is_on_desk or (rule.clock and facts.ticket.status not in rule.statuses):
        return False
    return rule.holds(facts) and not all(is_idle(each, facts.ticket) for each in rule.actions)


def is_idle(action: Mapping[str, Any], ticket: Ticket) -> bool:
    """Whether the ticket is already as this action wants it."""
    name, value = action["do"], action["value"]
    if name == "tag_add":
        return set(value) <= set(ticket.tags)
    if name == "tag_remove":
        return not set(value) & set(ticket.tags)
    if name == "escalate":
        return ticket.escalated_at is not None
    return name in _COLUMNS and getattr(ticket, _COLUMNS[name]) == value


_COLUMNS = {
    "status": "status",
    "priority": "priority",
    "kind": "kind",
    "topic": "topic",
    "team": "team_id",
    "assignee": "assignee_id",
    "folder": "folder",
}
_TELLS: dict[str, tuple[str, ...]] = {
    "team": (Kind.TEAM_CHANGED, Kind.ASSIGNED),
    "assignee": (Kind.ASSIGNED,),
    "kind": (Kind.KIND_CHANGED,),
    "topic": (Kind.TOPIC_CHANGED,),
    "priority": (Kind.PRIORITY_CHANGED,),
    "tag_add": (Kind.TAGS_CHANGED,),
    "tag_remove": (Kind.TAGS_CHANGED,),
    "custom": (Kind.CUSTOM_CHANGED,),
    "status": (Kind.STATUS_CHANGED,),
    "snooze": (Kind.STATUS_CHANGED,),
    "note": (Kind.NOTE_ADDED,),
}
"""What other rules hear of each action."""
