"""How what follows from events is done: see `consequences` for what that is.

A worker takes the oldest event of each of up to 50 tickets, so that a ticket's reactions run in order and
two workers never run the same ticket's. A reaction is deleted in the transaction of its effect.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import structlog
from django.db import connection, transaction
from django.utils import timezone

from helpdesk import prepared, turns
from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup
from helpdesk.wake import begin_drain, wake
from tickets import events
from tickets.consequences import REACTIONS, Reacting
from tickets.models import Event, Reaction

log = structlog.get_logger(__name__)

BATCH = 50
MOST_ATTEMPTS = 5
ROWS_OF_AN_EVENT = 5  # about
WINDOWS = (1, 2, 8)  # batches that are looked through, one after the other, where others work on the first
RETRY = timedelta(seconds=20)

# The oldest waiting event of each ticket, if nobody works on that ticket now. The rows of an event stand
# together, and it is taken whole when one of them is found here. Should a crash of the database lose the
# transaction, its events are claimed again, so that its end need not wait for the disk. OFFSET 0 has each row
# looked up in the index of turns: statistics say of a queue that it is empty, and PostgreSQL would compare
# all rows with all: 80 ms of a burst of 5,000 reactions. For the same reason it is planned each time.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id, event_id, ticket_id FROM tickets_reaction AS r
    WHERE parked_at IS NULL AND due_at <= %s AND NOT EXISTS (
        SELECT FROM tickets_reaction AS e
        WHERE e.ticket_id = r.ticket_id AND e.event_id < r.event_id AND e.parked_at IS NULL
        OFFSET 0
    )
    ORDER BY due_at, id LIMIT %s
), chosen AS MATERIALIZED (
    SELECT event_id, ticket_id FROM due GROUP BY event_id, ticket_id ORDER BY min(id) LIMIT %s
)
SELECT event_id FROM chosen, (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
WHERE pg_try_advisory_xact_lock(%s, hashint8(coalesce(ticket_id, -event_id)))
LIMIT %s
"""
_LOCKS = 7261  # the family of advisory locks that reactions use

# Asked once the locks are held: what another worker did up to then is done.
_WAITING = """
SELECT event_id, array_agg(name) FROM tickets_reaction
WHERE event_id = ANY(%s) AND parked_at IS NULL GROUP BY event_id
"""
_DONE = "DELETE FROM tickets_reaction WHERE event_id = ANY(%s) AND parked_at IS NULL"

# What reactions ask of an event, for the whole batch at once.
_events = Lookup(
    lambda ids: (
        Event.objects.filter(pk__any_of=ids)
        .select_related("ticket__assignee", "message")
        .defer("message__search", "message__html")
        .order_by("id")
    ),
    list,
    planned=True,
)


class Claimed(NamedTuple):
    """An event that is ours to react to, and the reactions that wait for it."""

    event: Event
    names: Sequence[str]


def register(
    name: str, function: Reacting, *, kinds: Iterable[str], wanted: events.Wanted | None = None
) -> None:
    """An app above this one reacts to these kinds of events, after all that stands here."""
    REACTIONS[name] = function
    for kind in kinds:
        events.follow(kind, name, wanted=wanted)


def drain(*, until: float = math.inf, pause: float = 0.0) -> int:
    """Run what is due until nothing is, or the clock says `until`; how many events were reacted to."""
    begin_drain("reactions")
    return turns.until_empty("reactions", react, full=BATCH, until=until, pause=pause)


def react(limit: int = BATCH) -> int:
    """Run the reactions of up to `limit` events in one transaction; how many events were seen to.

    After a failed batch each event has a transaction of its own, so that only the culprit waits.
    """
    claimed: list[Claimed] = []
    try:
        with transaction.atomic():
            claimed = _claim(limit)
            _run(claimed)
    except Exception as error:
        if not claimed:
            raise
        if len(claimed) > 1:
            return sum(react(limit=1) for _each in claimed)
        _put_off(claimed[0].event, error)
    return len(claimed)


@transaction.atomic
def unpark(reaction: Reaction, *, actor: User) -> None:
    """An admin tries a reaction once more that was given up; its ticket's turn comes as for any other."""
    parked = Reaction.objects.filter(pk=reaction.pk, parked_at__isnull=False)
    if parked.update(parked_at=None, attempts=0, due_at=timezone.now(), error=""):
        log.info("reaction.unparked", reaction=reaction.pk, by=actor.pk)
        wake("reactions")


def _claim(limit: int) -> list[Claimed]:
    ids = next(filter(None, (_locked(limit, limit * batches) for batches in WINDOWS)), None)
    if not ids:
        return []
    with prepared.cursor() as cursor:
        cursor.execute(_WAITING, [ids])
        names = dict(cursor.fetchall())
    return [Claimed(event, names.get(event.pk, ())) for event in _events(ids)]


def _locked(limit: int, candidates: int) -> list[int]:
    """The first of so many candidates that nobody works on, and whose tickets are ours from now on."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [timezone.now(), candidates * ROWS_OF_AN_EVENT, candidates, _LOCKS, limit])
        return [row[0] for row in cursor.fetchall()]


def _run(claimed: Sequence[Claimed]) -> None:
    """Each reaction, in the order of REACTIONS, for the events that wait for it; then they are done."""
    for name, function in REACTIONS.items():
        waiting = [each.event for each in claimed if name in each.names]
        if waiting:
            function(waiting)
    with prepared.cursor() as cursor:
        cursor.execute(_DONE, [[each.event.pk for each in claimed]])


def _put_off(event: Event, error: Exception) -> None:
    """Try again later; after five times it is parked, in sight of the admins."""
    log.warning("reaction.failed", event_id=event.pk, error=repr(error))
    now = timezone.now()
    for reaction in Reaction.objects.filter(event=event, parked_at=None):
        reaction.attempts += 1
        reaction.error = repr(error)[:2000]
        reaction.due_at = now + RETRY * 2**reaction.attempts
        reaction.parked_at = now if reaction.attempts >= MOST_ATTEMPTS else None
        reaction.save()
