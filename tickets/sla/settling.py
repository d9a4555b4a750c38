"""Tickets get their clocks as they are now, whatever happened to them; safe to call twice.

A batch costs five statements, however many tickets it holds. What did not change is not written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from tickets import events
from tickets.models import Event, Ticket
from tickets.sla import clocks, ledger, policies, terms
from tickets.sla.clocks import Change, Clock, History
from tickets.sla.ledger import Row

DESK = Ticket.Folder.DESK


@transaction.atomic
def settle(pks: Iterable[int], now: datetime) -> dict[int, list[Clock]]:
    """Reckon the clocks of these tickets, which are locked then; ticket → its clocks."""
    rows = ledger.locked(sorted(set(pks)))
    if not rows:
        return {}
    ids = [row.id for row in rows]
    changes, before = ledger.changes(ids), ledger.read(ids)
    known = policies.known()
    found: dict[int, list[Clock]] = {}
    missed: list[tuple[Row, Clock]] = []
    for row in rows:
        past = _history(row, changes.get(row.id, []))
        old = before.get(row.id, [])
        fitting = terms.fitting(known, past.facts)
        found[row.id] = [_noted(each, row, missed, now) for each in clocks.clocks(past, fitting, old, now)]
    ledger.write({pk: _different(each, before.get(pk, [])) for pk, each in found.items()})
    ledger.show(rows, found)
    _tell(missed)
    return found


def histories(ids: Sequence[int]) -> list[tuple[Row, History]]:
    """These tickets and what happened to them, for who only wants to know: nothing is locked."""
    changes = ledger.changes(ids)
    return [(row, _history(row, changes.get(row.id, []))) for row in ledger.seen(ids)]


def _history(row: Row, changes: list[Change]) -> History:
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
