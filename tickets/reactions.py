"""What always follows from an event, in this order. Rules that admins set up are one of these things.

A worker takes the oldest event of each of up to 50 tickets, so that a ticket's reactions run in order and
two workers never run the same ticket's. A reaction is deleted in the transaction of its effect.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import structlog
from django.db import transaction
from django.utils import timezone

from helpdesk import prepared, turns
from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup
from helpdesk.wake import begin_drain, wake
from tickets import (
    assignment,
    customers,
    enquiries,
    events,
    mentions,
    promises,
    search,
    snoozing,
    wants,
    watching,
)
from tickets.acknowledging.sending import acknowledge, may_be_acknowledged
from tickets.classification.recognising import is_open_question, recognise
from tickets.customers import uniting
from tickets.deception import suspecting
from tickets.models import Event, Move, Reaction
from tickets.priority import settling
from tickets.routing import placing
from tickets.rules import engine
from tickets.sla import policies
from tickets.sla import settling as times
from tickets.telling import owning

log = structlog.get_logger(__name__)

BATCH = 50
MOST_ATTEMPTS = 5
ROWS_OF_AN_EVENT = 5  # about
RETRY = timedelta(seconds=20)

# The oldest waiting event of each ticket, if nobody works on that ticket now. The rows of an event stand
# together, and it is taken whole when one of them is found here. Should a crash of the database lose the
# transaction, its events are claimed again, so that its end need not wait for the disk.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id, event_id, ticket_id FROM tickets_reaction AS r
    WHERE parked_at IS NULL AND due_at <= %s AND NOT EXISTS (
        SELECT FROM tickets_reaction AS e
        WHERE e.ticket_id = r.ticket_id AND e.event_id < r.event_id AND e.parked_at IS NULL
    )
    ORDER BY due_at, id LIMIT %s
), chosen AS MATERIALIZED (
    SELECT event_id, ticket_id FROM due GROUP BY event_id, ticket_id ORDER BY min(id) LIMIT %s
)
SELECT event_id FROM chosen, (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
WHERE pg_try_advisory_xact_lock(%s, hashint8(coalesce(ticket_id, -event_id)))
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


def index(happened: Sequence[Event]) -> None:
    """Make the words of the message findable."""
    search.index(event.message_id for event in happened if event.message_id)


def suspect(happened: Sequence[Event]) -> None:
    """Whether the sender looks like somebody else."""
    suspecting.suspect([event.message for event in happened if event.message])


def reindex(happened: Sequence[Event]) -> None:
    """Messages that moved are found under the subject of their new ticket."""
    moves = Move.objects.filter(pk__in={event.data["move"] for event in happened})
    search.index(pk for move in moves for pk in move.message_ids)


def release(happened: Sequence[Event]) -> None:
    """A customer wrote to somebody who works here no more: the ticket goes back to its team, to be routed."""
    for event in happened:
        ticket = event.ticket
        if ticket and ticket.assignee and not ticket.assignee.is_active:
            assignment.assign(ticket, None, actor=None, why=[{"code": "left"}])
            wake("routing")


def judge(happened: Sequence[Event]) -> None:
    """What a new ticket wants, and so whose it is, how urgent, and when it is due."""
    tickets = {event.ticket.pk: event.ticket for event in happened if event.ticket}
    with times.held():
        recognise(happened)
        placing.place(tickets.values())
        settling.settle(tickets, timezone.now())
    if policies.known():
        times.settle(tickets, timezone.now())
    if placing.known().hands_out:
        wake("routing")


def reckon(happened: Sequence[Event]) -> None:
    """How urgent it is, now that its customer waits again."""
    settling.settle({event.ticket.pk: event.ticket for event in happened if event.ticket}, timezone.now())


def keep_time(happened: Sequence[Event]) -> None:
    """When it is due, after whatever starts, stops or ends a clock, or lets another policy fit."""
    pks = {event.ticket.pk for event in happened if event.ticket}
    for event in happened:
        if event.ticket is None:
            pks |= times.of_customer(event.data["customer"])
    times.settle(pks, timezone.now())


def hear(happened: Sequence[Event]) -> None:
    """People can be reached again where they write from. For events of yesterday: it is done at once now."""
    customers.heard_from(event.message_id for event in happened if event.message_id)


def gather(happened: Sequence[Event]) -> None:
    """What came for the one of two customers while they were being joined goes to the other."""
    for event in happened:
        uniting.gather(event.data["union"])


def rule(happened: Sequence[Event]) -> None:
    """What admins have set up for such events."""
    engine.react(happened)


def mention(happened: Sequence[Event]) -> None:
    """Colleagues whom a note names are told."""
    for event in happened:
        if event.message:
            mentions.tell(event.message)


def answered(happened: Sequence[Event]) -> None:
    """Somebody else than the customer answered: whoever asked is told."""
    for event in happened:
        if event.message:
            enquiries.tell(event.message)


def woken(happened: Sequence[Event]) -> None:
    """A snoozed ticket is back: those who wait for it are told."""
    for event in happened:
        snoozing.tell(event)


def hand_over(happened: Sequence[Event]) -> None:
    """Who has the ticket now is reminded of what was promised on it."""
    promises.hand_over(event.ticket.pk for event in happened if event.ticket and event.ticket.promised_until)


def carry(happened: Sequence[Event]) -> None:
    """What was promised goes where the messages go."""
    parted = {event.data["move"]: event.kind == Event.Kind.JOIN_UNDONE for event in happened}
    for move in Move.objects.filter(pk__in=parted).order_by("pk"):
        promises.follow(move.source_id, move.target_id, back=parted[move.pk])


def given(happened: Sequence[Event]) -> None:
    """Whose ticket it is now is told, and whoever had it is told no more."""
    owning.given(happened)


def wrote(happened: Sequence[Event]) -> None:
    """Whose ticket it is hears that its customer wrote."""
    owning.wrote(happened)


def watch(happened: Sequence[Event]) -> None:
    """Those who watch a ticket hear what others do there."""
    watching.tell(happened)


Reacting = Callable[[Sequence[Event]], None]

REACTIONS: dict[str, Reacting] = {
    "suspect": suspect,
    "release": release,
    "hear": hear,
    "recognise": judge,
    "reckon": reckon,
    "keep_time": keep_time,
    "acknowledge": acknowledge,
    "gather": gather,
    "mention": mention,
    "answered": answered,
    "woken": woken,
    "hand_over": hand_over,
    "given": given,
    "wrote": wrote,
    "carry": carry,
    "rule": rule,
    "watch": watch,
    # The last: whoever learns the same new words waits until this transaction ends.
    "index": index,
    "reindex": reindex,
}


for _kind in (
    Event.Kind.MESSAGE_RECEIVED,
    Event.Kind.REPLY_SENT,
    Event.Kind.NOTE_ADDED,
    Event.Kind.ASIDE_SENT,
    Event.Kind.ENQUIRY_SENT,
    Event.Kind.ENQUIRY_ANSWERED,
):
    events.follow(_kind, "index")
for _kind in Event.Kind:
    events.follow(_kind, "rule", wanted=engine.is_wanted)
events.follow(Event.Kind.NOTE_ADDED, "mention")
events.follow(Event.Kind.WOKEN, "woken")
for _name in ("hand_over", "given"):
    events.follow(Event.Kind.ASSIGNED, _name)
for _kind in (Event.Kind.TICKET_JOINED, Event.Kind.JOIN_UNDONE):
    events.follow(_kind, "carry")
for _name in ("suspect", "answered"):
    events.follow(Event.Kind.ENQUIRY_ANSWERED, _name)
events.follow(Event.Kind.MESSAGE_RECEIVED, "suspect")
for _name in ("release", "wrote"):
    events.follow(Event.Kind.MESSAGE_RECEIVED, _name, wanted=wants.has_assignee)
events.follow(Event.Kind.MESSAGE_RECEIVED, "recognise", wanted=is_open_question)
events.follow(Event.Kind.MESSAGE_RECEIVED, "acknowledge", wanted=may_be_acknowledged)
events.follow(Event.Kind.STATUS_CHANGED, "reckon", wanted=wants.is_reopened)
events.follow(Event.Kind.KIND_CHANGED, "reckon", wanted=wants.is_corrected)
events.follow(Event.Kind.MESSAGE_RECEIVED, "keep_time", wanted=wants.is_timed_apart)
for _kind in times.KINDS:
    events.follow(_kind, "keep_time", wanted=times.is_wanted)
for _kind in (Event.Kind.CUSTOMER_CHANGED, Event.Kind.CUSTOMERS_UNITED):
    events.follow(_kind, "keep_time", wanted=times.is_of_customer)
for _kind in watching.KINDS:
    events.follow(_kind, "watch", wanted=wants.may_be_watched)
events.follow(Event.Kind.CUSTOMERS_UNITED, "gather")
for _kind in (
    Event.Kind.TICKET_JOINED,
    Event.Kind.JOIN_UNDONE,
    Event.Kind.MESSAGE_SPLIT,
    Event.Kind.SPLIT_UNDONE,
):
    events.follow(_kind, "reindex")


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
    with prepared.cursor() as cursor:
        cursor.execute(_CLAIM, [timezone.now(), limit * ROWS_OF_AN_EVENT, limit, _LOCKS])
        ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return []
        cursor.execute(_WAITING, [ids])
        names = dict(cursor.fetchall())
    return [Claimed(event, names.get(event.pk, ())) for event in _events(ids)]


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
