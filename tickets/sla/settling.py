"""Tickets get their clocks as they are now, whatever happened to them; safe to call twice.

A batch costs five statements, however many tickets it holds. What did not change is not written.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from helpdesk import prepared
from tickets import events, live
from tickets.models import Event, Ticket
from tickets.sla import clocks, policies, terms
from tickets.sla.clocks import Change, Clock, History

DESK = Ticket.Folder.DESK
# Locked, so that what is reckoned with is what is there when it is written.
_TICKETS = """
SELECT t.id, t.number, t.created_at, t.status, t.folder, t.is_internal, t.kind, t.priority, t.channel_id,
    t.team_id, t.escalated_at, t.waiting_since, t.first_replied_at, t.resolved_at,
    t.due_at, t.due_soon_at, t.due_target, c.importance, c.organisation_id
FROM tickets_ticket AS t JOIN tickets_customer AS c ON c.id = t.customer_id
WHERE t.id = ANY(%s) ORDER BY t.id FOR NO KEY UPDATE OF t
"""
_EVENTS = """
SELECT ticket_id, kind, at, data->>'before', data->>'after', data->>'until' FROM tickets_event
WHERE ticket_id = ANY(%s) AND kind IN (
    'status_changed', 'folder_changed', 'snoozed', 'woken', 'message_received', 'reply_sent'
) ORDER BY ticket_id, id
"""
_COLUMNS = (
    "target, version_id, started_at, pauses, warn_at, due_at, escalate_at, warned_at, breached_at,"
    " escalated_at, next_at, ended_at, outcome"
)
_CLOCKS = f"SELECT ticket_id, {_COLUMNS} FROM tickets_slaclock WHERE ticket_id = ANY(%s)"  # noqa: S608
_TYPES = """(ticket_id bigint, target text, version_id bigint, started_at timestamptz, pauses jsonb,
    warn_at timestamptz, due_at timestamptz, escalate_at timestamptz, warned_at timestamptz,
    breached_at timestamptz, escalated_at timestamptz, next_at timestamptz, ended_at timestamptz,
    outcome text)"""
_CHANGED = [name.strip() for name in _COLUMNS.split(",") if name.strip() not in ("target", "started_at")]
_WRITE = f"""
INSERT INTO tickets_slaclock (ticket_id, {_COLUMNS})
SELECT ticket_id, {_COLUMNS} FROM json_to_recordset(%s::json) AS said{_TYPES}
ON CONFLICT (ticket_id, target, started_at)
DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in _CHANGED)}
"""  # noqa: S608
_SHOW = """
UPDATE tickets_ticket AS t SET due_at = said.due_at, due_soon_at = said.due_soon_at, due_target = said.target
FROM json_to_recordset(%s::json) AS said(
    id bigint, due_at timestamptz, due_soon_at timestamptz, target text
) WHERE t.id = said.id
"""


KINDS = (
    Event.Kind.REPLY_SENT,
    Event.Kind.STATUS_CHANGED,
    Event.Kind.FOLDER_CHANGED,
    Event.Kind.SNOOZED,
    Event.Kind.WOKEN,
    Event.Kind.KIND_CHANGED,
    Event.Kind.PRIORITY_CHANGED,
    Event.Kind.TEAM_CHANGED,
    Event.Kind.TICKET_JOINED,
    Event.Kind.JOIN_UNDONE,
    Event.Kind.MESSAGE_SPLIT,
    Event.Kind.SPLIT_UNDONE,
)
"""What starts, stops or ends a clock, or lets another policy fit."""
MOST_OF_CUSTOMER = 1000


NAMED: dict[str, str] = {
    Event.Kind.KIND_CHANGED: "kind",
    Event.Kind.PRIORITY_CHANGED: "priority",
    Event.Kind.TEAM_CHANGED: "team",
}
"""What matters only where a policy names it as a condition."""


class Row(NamedTuple):
    """What is asked of a ticket."""

    id: int
    number: int
    created_at: datetime
    status: str
    folder: str
    is_internal: bool
    kind: str
    priority: int
    channel_id: int | None
    team_id: int | None
    escalated_at: datetime | None
    waiting_since: datetime | None
    first_replied_at: datetime | None
    resolved_at: datetime | None
    due_at: datetime | None
    due_soon_at: datetime | None
    due_target: str
    importance: int
    organisation_id: int | None


class _Held(threading.local):
    is_on = False


_held = _Held()


@contextmanager
def held() -> Iterator[None]:
    """Whoever settles at the end of the block anyway keeps what it tells meanwhile from asking for it."""
    before, _held.is_on = _held.is_on, True
    try:
        yield
    finally:
        _held.is_on = before


def is_wanted(fact: events.Fact) -> bool:
    """Whether anybody reckons with times, and nobody is about to."""
    if fact.ticket is None or _held.is_on:
        return False
    named = NAMED.get(fact.kind)
    return any(named is None or named in each.conditions for each in policies.known())


def is_of_customer(fact: events.Fact) -> bool:
    """Whether policies look at what was changed of a customer."""
    fields = set(fact.data.get("fields", ())) or {"importance", "organisation"}
    named = {name for each in policies.known() for name in each.conditions}
    return bool(fields & named & {"importance", "organisation"})


def of_customer(customer: int) -> set[int]:
    """The open tickets of a customer, the newest when there are very many."""
    theirs = Ticket.objects.on_desk().unfinished().filter(customer=customer).order_by("-id")
    return set(theirs.values_list("pk", flat=True)[:MOST_OF_CUSTOMER])


@transaction.atomic
def settle(pks: Iterable[int], now: datetime) -> dict[int, list[Clock]]:
    """Reckon the clocks of these tickets, which are locked then; ticket → its clocks."""
    rows = _rows(sorted(set(pks)))
    if not rows:
        return {}
    ids = [row.id for row in rows]
    changes, before = _changes(ids), read(ids)
    known = policies.known()
    found: dict[int, list[Clock]] = {}
    missed: list[tuple[Row, Clock]] = []
    for row in rows:
        past = history(row, changes.get(row.id, []))
        old = before.get(row.id, [])
        fitting = terms.fitting(known, past.facts)
        found[row.id] = [_noted(each, row, missed, now) for each in clocks.clocks(past, fitting, old, now)]
    write({pk: _different(each, before.get(pk, [])) for pk, each in found.items()})
    show(rows, found)
    _tell(missed)
    return found


def read(ids: Sequence[int]) -> dict[int, list[Clock]]:
    """Ticket → the clocks it has."""
    found: dict[int, list[Clock]] = {}
    for ticket, *values in _asked(_CLOCKS, ids):
        found.setdefault(ticket, []).append(_clock(values))
    return found


def write(changed: Mapping[int, Sequence[Clock]]) -> None:
    """Keep these clocks of these tickets; one statement."""
    rows = [_written(pk, clock) for pk, each in changed.items() for clock in each]
    if rows:
        _run(_WRITE, rows)


def show(rows: Iterable[Row], found: Mapping[int, Sequence[Clock]]) -> None:
    """What is due first stands with the ticket, for lists and pages; one statement for those that change."""
    shown = []
    for row in rows:
        first = clocks.first_due(found[row.id])
        said = (first.due_at, first.warn_at, first.target) if first else (None, None, "")
        if said != (row.due_at, row.due_soon_at, row.due_target):
            due, soon, target = said
            shown.append({"id": row.id, "due_at": _at(due), "due_soon_at": _at(soon), "target": target})
    if shown:
        _run(_SHOW, shown)
        live.publish(*(f"ticket-{each['id']}" for each in shown))


def history(row: Row, changes: list[Change]) -> History:
    last = next((each for each in reversed(changes) if each.what == "status"), None)
    if row.status not in ("new", "open") and (last is None or last.after != row.status):
        # Brought in from elsewhere with its status: nobody told of a change.
        at = changes[-1].at if changes else row.created_at
        changes = [*changes, Change(at=at, what="status", after=row.status)]
    return History(
        facts=terms.Facts(
            kind=row.kind,
            priority=row.priority,
            importance=row.importance,
            channel=row.channel_id,
            organisation=row.organisation_id,
            team=row.team_id,
        ),
        created_at=row.created_at,
        status=row.status,
        is_away=row.folder != DESK or row.is_internal,
        waiting_since=row.waiting_since,
        first_replied_at=row.first_replied_at,
        resolved_at=row.resolved_at,
        changes=changes,
    )


def histories(ids: Sequence[int]) -> list[tuple[Row, History]]:
    """These tickets and what happened to them, for who only wants to know: nothing is locked."""
    changes = _changes(ids)
    rows = [Row(*each) for each in _asked(_TICKETS.replace("FOR NO KEY UPDATE OF t", ""), ids)]
    return [(row, history(row, changes.get(row.id, []))) for row in rows]


def _rows(ids: Sequence[int]) -> list[Row]:
    return [Row(*each) for each in _asked(_TICKETS, ids)]


def _changes(ids: Sequence[int]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = {}
    for ticket, kind, at, before, after, until in _asked(_EVENTS, ids):
        found.setdefault(ticket, []).append(_change(kind, at, before or "", after or "", until))
    return found


def _change(kind: str, at: datetime, before: str, after: str, until: str | None) -> Change:
    match kind:
        case Event.Kind.STATUS_CHANGED:
            return Change(at=at, what="status", before=before, after=after)
        case Event.Kind.FOLDER_CHANGED:
            return Change(at=at, what="folder", before=before, after=after)
        case Event.Kind.SNOOZED:
            return Change(at=at, what="sleep", after="" if until else clocks.SNOOZED)
        case Event.Kind.WOKEN:
            return Change(at=at, what="sleep")
    return Change(at=at, what="received" if kind == Event.Kind.MESSAGE_RECEIVED else "replied")


def _noted(clock: Clock, row: Row, missed: list[tuple[Row, Clock]], now: datetime) -> Clock:
    """One that ended too late before anybody noticed is told of, without any alarm."""
    if clock.outcome != clocks.LATE or clock.breached_at is not None:
        return clock
    missed.append((row, clock))
    return replace(clock, breached_at=now)


def _tell(missed: Sequence[tuple[Row, Clock]]) -> None:
    with events.together():
        for row, clock in missed:
            ticket = Ticket(pk=row.id, number=row.number, team_id=row.team_id, escalated_at=row.escalated_at)
            due = clock.due_at.isoformat() if clock.due_at else ""
            told: dict[str, Any] = {
                "target": clock.target,
                "version": clock.version,
                "due": due,
                "noted": True,
            }
            events.record(ticket, Event.Kind.SLA_BREACHED, actor=None, **told)


def _different(found: Iterable[Clock], before: Sequence[Clock]) -> list[Clock]:
    return [each for each in found if each not in before]


def _clock(values: Sequence[Any]) -> Clock:
    target, version, started_at, pauses, *rest = values
    stood = json.loads(pauses) if isinstance(pauses, str) else pauses
    return Clock(
        target=target,
        version=version,
        started_at=started_at,
        pauses=tuple((_moment(start), _moment(end), why) for start, end, why in stood),  # type: ignore[misc]
        **dict(zip(_CHANGED[2:], rest, strict=True)),
    )


def _written(ticket: int, clock: Clock) -> dict[str, Any]:
    moments = {name: _at(getattr(clock, name)) for name in _CHANGED[2:-1]}
    return {
        "ticket_id": ticket,
        "target": clock.target,
        "version_id": clock.version,
        "started_at": _at(clock.started_at),
        "pauses": [[_at(start), _at(end), why] for start, end, why in clock.pauses],
        "outcome": clock.outcome,
        **moments,
    }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _asked(sql: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    with prepared.cursor() as cursor:
        cursor.execute(sql, [list(ids)])
        return cursor.fetchall()


def _run(sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
    with prepared.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
