"""The only writer of events and of the reactions that wait for them."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from helpdesk import prepared
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import live
from tickets.models import Customer, Event, Message, Ticket

Actor = User | Customer | None

# One statement, for one event or many: this is on the path of every message.
_RECORD = """
WITH told AS (
    SELECT nextval('tickets_event_id_seq') AS id, said.* FROM json_to_recordset(%s::json) AS said(
        kind text, ticket_id bigint, message_id bigint, user_id bigint, customer_id bigint, data jsonb,
        at timestamptz, names text[]
    )
), event AS (
    INSERT INTO tickets_event (id, kind, ticket_id, message_id, user_id, customer_id, data, at)
    SELECT id, kind, ticket_id, message_id, user_id, customer_id, data, at FROM told
)
INSERT INTO tickets_reaction (event_id, ticket_id, name, attempts, due_at, error)
SELECT told.id, told.ticket_id, name, 0, told.at, '' FROM told, unnest(told.names) AS name
"""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What is being told, for who decides whether anybody wants a reaction to it."""

    kind: str
    ticket: Ticket | None
    data: Mapping[str, Any]
    by_customer: bool = False


Wanted = Callable[[Fact], bool]
"""Whether anybody wants a reaction to this now. It asks no database, since it is asked for every mail."""

_followers: dict[str, dict[str, Wanted | None]] = {}
"""Which reactions wait for which kind of event, in order; filled by tickets.reactions when it is loaded."""


class _Kept(threading.local):
    rows: list[dict[str, Any]] | None = None
    """Events of this thread that are to be written together; None while each is written at once."""
    marks: Mapping[str, Any] = {}
    """What every event of this thread says besides, while something is done on behalf of something else."""


_kept = _Kept()


def follow(kind: str, name: str, *, wanted: Wanted | None = None) -> None:
    """From now on an event of this kind leaves a reaction called `name`, if `wanted` says so."""
    _followers.setdefault(kind, {})[name] = wanted


def record(
    ticket: Ticket | None,
    kind: Event.Kind,
    *,
    actor: Actor,
    message: Message | None = None,
    **data: Any,
) -> None:
    """Tell once what happened: the event, its pending reactions, and a live hint after commit.

    Without a ticket it is about something else, which `data` names, such as a customer.
    """
    data |= _kept.marks
    customer = actor.pk if isinstance(actor, Customer) else None
    names = _reactions(Fact(kind=kind, ticket=ticket, data=data, by_customer=customer is not None))
    user = actor.pk if isinstance(actor, User) else None
    told = {
        "kind": kind,
        "ticket_id": ticket.pk if ticket else None,
        "message_id": message.pk if message else None,
        "user_id": user,
        "customer_id": customer,
        "data": data,
        "at": timezone.now().isoformat(),
        "names": names,
    }
    if _kept.rows is None:
        _write([told])
    else:
        _kept.rows.append(told)
    if names:
        wake("reactions")
    if ticket:
        live.publish(*hints(ticket), by=user)


@contextmanager
def together() -> Iterator[None]:
    """Events told meanwhile are written in their order with one statement at the end of the block.

    For a stretch of one transaction that does not read events. If it fails, none is written.
    """
    if _kept.rows is not None:
        yield
        return
    _kept.rows = []
    try:
        yield
        rows, _kept.rows = _kept.rows, None
        if rows:
            _write(rows)
    finally:
        _kept.rows = None


@contextmanager
def all_or_none() -> Iterator[None]:
    """Events told meanwhile are forgotten if the block fails, as a savepoint does it with the rows."""
    kept = _kept.rows
    before = len(kept) if kept is not None else 0
    try:
        yield
    except BaseException:
        if kept is not None:
            del kept[before:]
        raise


@contextmanager
def because(**marks: Any) -> Iterator[None]:
    """Events told meanwhile hold these, too, such as `by_rule`: on whose behalf it was."""
    before = _kept.marks
    _kept.marks = {**before, **marks}
    try:
        yield
    finally:
        _kept.marks = before


def _reactions(fact: Fact) -> list[str]:
    followers = _followers.get(fact.kind, {}).items()
    return [name for name, wanted in followers if wanted is None or wanted(fact)]


def _write(rows: list[dict[str, Any]]) -> None:
    with prepared.cursor() as cursor:
        cursor.execute(_RECORD, [json.dumps(rows)])


def hints(ticket: Ticket) -> list[str]:
    """The live groups that hear of a change to this ticket."""
    team = f"team-{ticket.team_id}" if ticket.team_id else "team-none"
    groups = [f"ticket-{ticket.pk}", team, "desk"]
    return [*groups, "escalated"] if ticket.escalated_at else groups
