"""Promises to customers: made, moved, kept, taken back; who has to keep one is told before it lapses.

A promise belongs to its ticket, and whoever has the ticket keeps it: giving it to somebody else, joining
it into another one and parting them again take the promise along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from helpdesk.accounts.models import Company, User
from tickets import events, horizon, lifecycle
from tickets.events import Actor
from tickets.models import Event, Message, Promise, Ticket

FARTHEST = timedelta(days=366)


class BadTime(ValueError):
    """The time is over, or more than a year away."""


@dataclass(frozen=True)
class Word:
    """What a reply says of promises: a new time, and whether the one that stands is kept by it."""

    due_at: datetime | None = None
    keeps: bool = True


KEEPS = Word()


@transaction.atomic
def make(ticket: Ticket, due_at: datetime, *, actor: User | None, message: Message | None = None) -> Promise:
    """The customer hears from us by then. Where a promise is open it gets this time. Raises BadTime."""
    ticket = lifecycle.lock(ticket, follow=True)
    check(due_at)
    standing = ticket.promises.select_for_update().open().order_by("due_at").first()
    if standing:
        return _moved(ticket, standing, due_at, actor, message)
    now = timezone.now()
    promise = Promise.objects.create(
        ticket=ticket, made_by=actor, message=message, due_at=due_at, remind_at=_reminder(now, due_at)
    )
    _mirror(ticket)
    events.record(ticket, Event.Kind.PROMISE_MADE, actor=actor, message=message, until=due_at.isoformat())
    return promise


@transaction.atomic
def move(promise: Promise, due_at: datetime, *, actor: User) -> Promise:
    """Another time for an open one; one that is settled stays as it is. Raises BadTime."""
    ticket = lifecycle.lock(promise.ticket, follow=True)
    check(due_at)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    return _moved(ticket, promise, due_at, actor, None) if promise.state == Promise.State.OPEN else promise


@transaction.atomic
def keep(ticket: Ticket, *, actor: Actor, message: Message | None = None) -> int:
    """What was promised on the ticket is done, in time or late; how many promises that were."""
    return _settle(ticket, Promise.State.KEPT, Event.Kind.PROMISE_KEPT, actor, message)


@transaction.atomic
def withdraw(ticket: Ticket, *, actor: Actor) -> int:
    """What was promised on the ticket counts no more; how many promises that were."""
    return _settle(ticket, Promise.State.WITHDRAWN, Event.Kind.PROMISE_WITHDRAWN, actor, None)


def replied(ticket: Ticket, message: Message, word: Word) -> None:
    """A reply to the customer went on its way on this (locked) ticket.

    With a new time it moves what was promised; without one it keeps it, unless it says otherwise. A new time
    that was over when a scheduled reply went counts as none.
    """
    if word.due_at and word.due_at > timezone.now():
        make(ticket, word.due_at, actor=message.author, message=message)
        ticket.refresh_from_db(fields=["promised_until"])
    elif ticket.promised_until and word.keeps:
        keep(ticket, actor=message.author, message=message)
        ticket.promised_until = None


def check(due_at: datetime) -> None:
    """Raises BadTime."""
    now = timezone.now()
    if not now < due_at <= now + FARTHEST:
        raise BadTime


def keeper(promise: Promise) -> User | None:
    """Who has to keep it: whose ticket it is, else who made it, if they work here and may see the ticket."""
    ticket = promise.ticket
    for user in (ticket.assignee, promise.made_by):
        if user and horizon.sees(user, ticket):
            return user
    return None


def hand_over(ticket_ids: Iterable[int]) -> None:
    """The tickets have another keeper, who is to be reminded as well."""
    Promise.objects.open().filter(ticket__in=list(ticket_ids), lapsed_at=None).update(reminded_at=None)


@transaction.atomic
def follow(source_id: int, target_id: int, *, back: bool) -> None:
    """Two tickets were joined: what is open goes along. With `back` they are apart again."""
    found = Promise.objects.open()
    found = found.filter(made_on__in=_below(source_id)) if back else found.filter(ticket=source_id)
    touched = {source_id, target_id, *found.values_list("ticket", flat=True)}
    tickets = [lifecycle.lock(Ticket(pk=pk)) for pk in sorted(touched)]
    if back:
        found.update(ticket=source_id)
    else:
        found.update(ticket=target_id, made_on=Coalesce("made_on", source_id))
    for ticket in tickets:
        _mirror(ticket)


def _below(ticket_id: int) -> set[int]:
    """The ticket and all that were joined into it, one after the other."""
    known, newer = {ticket_id}, {ticket_id}
    while newer := set(Ticket.objects.filter(merged_into__in=newer).values_list("pk", flat=True)) - known:
        known |= newer
    return known


def _moved(
    ticket: Ticket, promise: Promise, due_at: datetime, actor: User | None, message: Message | None
) -> Promise:
    before, now = promise.due_at, timezone.now()
    if before == due_at:
        return promise
    promise.due_at, promise.remind_at = due_at, _reminder(now, due_at)
    promise.reminded_at = promise.lapsed_at = None
    promise.message = message or promise.message
    promise.save()
    _mirror(ticket)
    events.record(
        ticket,
        Event.Kind.PROMISE_MOVED,
        actor=actor,
        message=message,
        before=before.isoformat(),
        until=due_at.isoformat(),
        in_time=now <= before,
        told=message is not None,
    )
    return promise


def _settle(
    ticket: Ticket, state: Promise.State, kind: Event.Kind, actor: Actor, message: Message | None
) -> int:
    ticket = lifecycle.lock(ticket, follow=True)
    now = timezone.now()
    rows = list(ticket.promises.select_for_update().open())
    for promise in rows:
        promise.state, promise.settled_at, promise.kept_by = state, now, message
        promise.save(update_fields=["state", "settled_at", "kept_by"])
        events.record(
            ticket,
            kind,
            actor=actor,
            message=message,
            until=promise.due_at.isoformat(),
            in_time=now <= promise.due_at,
        )
    if rows:
        _mirror(ticket)
    return len(rows)


def _reminder(now: datetime, due_at: datetime) -> datetime:
    """So many minutes before as the company says; of a short one when half its time is over."""
    ahead = timedelta(minutes=Company.load().promise_minutes)
    return due_at - min(ahead, (due_at - now) / 2)


def _mirror(ticket: Ticket) -> None:
    """The (locked) ticket says until when its first open promise is."""
    first = ticket.promises.open().order_by("due_at").values_list("due_at", flat=True).first()
    ticket.promised_until = first
    Ticket.objects.filter(pk=ticket.pk).update(promised_until=first)
