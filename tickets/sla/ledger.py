"""The rows that clocks are reckoned from, and those they are kept in: one statement for a whole batch."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from helpdesk import prepared
from tickets import live
from tickets.models import Event
from tickets.sla import clocks
from tickets.sla.clocks import Change, Clock

_TICKETS = """
SELECT t.id, t.number, t.created_at, t.status, t.folder, t.is_internal, t.kind, t.priority, t.channel_id,
    t.team_id, t.escalated_at, t.waiting_since, t.first_replied_at, t.resolved_at,
    t.due_at, t.due_soon_at, t.due_target, c.importance, c.organisation_id
FROM tickets_ticket AS t JOIN tickets_customer AS c ON c.id = t.customer_id
WHERE t.id = ANY(%s) ORDER BY t.id
"""
_LOCKED = _TICKETS + "FOR NO KEY UPDATE OF t"
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


def locked(ids: Sequence[int]) -> list[Row]:
    """These tickets, locked, so that what is reckoned with is what is there when it is written."""
    return [Row(*each) for each in _asked(_LOCKED, ids)]


def seen(ids: Sequence[int]) -> list[Row]:
    """These tickets for who only wants to know: nothing is locked."""
    return [Row(*each) for each in _asked(_TICKETS, ids)]


def changes(ids: Sequence[int]) -> dict[int, list[Change]]:
    """Ticket → what happened to it that matters to a clock, in order."""
    found: dict[int, list[Change]] = {}
    for ticket, kind, at, before, after, until in _asked(_EVENTS, ids):
        found.setdefault(ticket, []).append(_change(kind, at, before or "", after or "", until))
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
