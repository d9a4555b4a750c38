"""Alarms of rules of time: each rings once in a state of its ticket.

Events wind the alarms of the tickets they are about; a rule that is switched on or changed has its alarms
wound for all tickets at once, by a worker.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.db import connection
from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from helpdesk import prepared
from tickets.models import Event, Rule, RuleAlarm, Ticket
from tickets.rules.clocks import CLOCKS, MOVED, Clock

# An alarm that has rung stays silent until its state begins anew.
_WIND = """
INSERT INTO tickets_rulealarm AS known (rule_id, ticket_id, since, due_at)
SELECT rule_id, ticket_id, since, due_at FROM json_to_recordset(%s::json) AS said(
    rule_id bigint, ticket_id bigint, since timestamptz, due_at timestamptz
) ORDER BY ticket_id, rule_id
ON CONFLICT (rule_id, ticket_id) DO UPDATE SET
    since = EXCLUDED.since,
    due_at = CASE WHEN known.since = EXCLUDED.since AND known.rung_at IS NOT NULL
        THEN NULL ELSE EXCLUDED.due_at END,
    rung_at = CASE WHEN known.since = EXCLUDED.since THEN known.rung_at END
"""
_STOP = """
UPDATE tickets_rulealarm AS known SET due_at = NULL
FROM json_to_recordset(%s::json) AS said(rule_id bigint, ticket_id bigint)
WHERE known.rule_id = said.rule_id AND known.ticket_id = said.ticket_id AND known.due_at IS NOT NULL
"""
AT_ONCE = 2000
"""Alarms of a rule that are wound in one statement when it is switched on."""


class Waiting(Protocol):
    """A rule of time, as `compiling.Ready` is."""

    @property
    def pk(self) -> int: ...

    @property
    def clock(self) -> Clock | None: ...

    @property
    def wait(self) -> timedelta: ...

    @property
    def statuses(self) -> frozenset[str]: ...


def wind(rules: Iterable[Waiting], happened: Iterable[tuple[Ticket, Event]]) -> None:
    """Set, move or stop the alarms of these rules after what happened; two statements at most."""
    wound, stopped = {}, {}
    for rule, clock, ticket, event in _concerned(list(rules), happened):
        pair = {"rule_id": rule.pk, "ticket_id": ticket.pk}
        since = clock.since(ticket, event)
        if ticket.status not in rule.statuses or not ticket.is_on_desk or _has_ended(clock, since):
            stopped[rule.pk, ticket.pk] = pair
        elif since is not None:
            times = {"since": since.isoformat(), "due_at": clock.due(since, rule.wait).isoformat()}
            wound[rule.pk, ticket.pk] = pair | times
    with prepared.cursor() as cursor:
        if wound:
            cursor.execute(_WIND, [json.dumps(list(wound.values()))])
        if stopped:
            cursor.execute(_STOP, [json.dumps(list(stopped.values()))])


def wind_all(rule: Waiting, since: datetime, *, overdue_too: bool = False) -> int:
    """Set its alarms on every ticket in its states; how many. `since` is when it was switched on: those whose
    time was over then have one only if wanted.
    """
    RuleAlarm.objects.filter(rule=rule.pk, due_at__isnull=False).update(due_at=None)
    clock = rule.clock
    if clock is None:
        return 0
    found = Ticket.objects.on_desk().filter(status__in=rule.statuses).annotate(began=_began(clock))
    if not overdue_too:
        found = found.filter(began__gt=since + rule.wait if clock.is_ahead else since - rule.wait)
    rows = found.filter(began__isnull=False).values_list("pk", "began")
    done, batch = 0, []
    for pk, began in rows.iterator(chunk_size=AT_ONCE):
        due = clock.due(began, rule.wait)
        batch.append(
            {"rule_id": rule.pk, "ticket_id": pk, "since": began.isoformat(), "due_at": due.isoformat()}
        )
        if len(batch) == AT_ONCE:
            done, batch = done + _wound(batch), []
    return done + _wound(batch)


def still(rule: Waiting, ticket: Ticket, since: datetime) -> bool:
    """Whether the ticket is in the state for which the alarm was set."""
    clock = rule.clock
    if clock is None or ticket.status not in rule.statuses or not ticket.is_on_desk:
        return False
    return not clock.column or clock.since(ticket, None) == since


def count(rule: Rule, now: datetime) -> int:
    """On how many tickets, up to 1,000, its time has passed already."""
    clock = CLOCKS.get(rule.clock)
    if clock is None or clock.is_ahead:
        return 0
    found = Ticket.objects.on_desk().filter(status__in=rule.statuses).annotate(began=_began(clock))
    return found.filter(began__lte=now - timedelta(minutes=rule.minutes))[:1000].count()


def _concerned(
    rules: Sequence[Waiting], happened: Iterable[tuple[Ticket, Event]]
) -> Iterator[tuple[Waiting, Clock, Ticket, Event]]:
    """Each rule with its clock, and what happened that starts, moves or ends that one."""
    for ticket, event in happened:
        for rule in rules:
            clock = rule.clock
            if clock and event.kind in (*clock.kinds, *MOVED):
                yield rule, clock, ticket, event


def _has_ended(clock: Clock, since: datetime | None) -> bool:
    return bool(clock.column) and since is None


def _began(clock: Clock) -> F | Coalesce:
    if clock.column:
        return F(clock.column)
    changes: QuerySet[Event] = Event.objects.filter(ticket=OuterRef("pk"), kind=Event.Kind.STATUS_CHANGED)
    last = changes.order_by().values("ticket").annotate(last=Max("at")).values("last")
    return Coalesce(Subquery(last), F("created_at"), output_field=DateTimeField())


def _wound(batch: list[dict[str, object]]) -> int:
    if batch:
        with connection.cursor() as cursor:
            cursor.execute(_WIND, [json.dumps(batch)])
    return len(batch)
