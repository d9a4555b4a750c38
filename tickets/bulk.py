"""One change to many tickets: each by its own verb, all in one transaction, undone as a whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from helpdesk.accounts.models import Team, User
from tickets import access, assignment, bin, lifecycle, properties, reading, snoozing, watching
from tickets.events import Actor
from tickets.models import Batch, Ticket

MOST = 500
KEPT = timedelta(days=30)  # nobody undoes after that


class TooMany(ValueError):
    """More tickets than MOST at once."""


@dataclass(frozen=True)
class Action:
    """`read` tells as JSON what the action changes, `do` does it, `back` makes it as it was read."""

    read: Callable[[Ticket], Any]
    do: Callable[[Ticket, Any, Actor], object]
    back: Callable[[Ticket, Any, Actor], object]


@transaction.atomic
def apply(action: str, value: Any, numbers: Iterable[int], *, actor: User, key: UUID) -> Batch:
    """Do this to the tickets of these numbers that the colleague may see; the same `key` again does nothing.

    A ticket that cannot take it is left as it was, and counted. Raises TooMany.
    """
    if known := Batch.objects.filter(key=key, user=actor).first():
        return known
    wanted = set(numbers)
    if len(wanted) > MOST:
        raise TooMany
    act, changes, left = _action(action, actor), [], len(wanted)
    found = access.tickets(actor).exclude(folder=Ticket.Folder.MERGED).filter(number__in=wanted)
    for ticket in found.order_by("pk"):
        if (change := _changed(act, lifecycle.lock(ticket), value, actor)) is not None:
            left -= 1
            changes += [[ticket.pk, *change]] if change[0] != change[1] else []
    return Batch.objects.create(user=actor, key=key, action=action, changes=changes, left=left)


@transaction.atomic
def undo(batch: Batch, *, actor: User) -> int:
    """Make the tickets of this batch as they were, but for those changed again since; how many."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    act, done = _action(batch.action, actor), 0
    by_id = {pk: (before, after) for pk, before, after in batch.changes}
    for ticket in access.tickets(actor).filter(pk__in=by_id).order_by("pk"):
        before, after = by_id[ticket.pk]
        ticket = lifecycle.lock(ticket)
        if act.read(ticket) == after:
            act.back(ticket, before, actor)
            done += 1
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    return done


def forget() -> int:
    """Forget batches that nobody undoes any more; how many."""
    return Batch.objects.filter(made_at__lt=timezone.now() - KEPT).delete()[0]


def _action(name: str, actor: User) -> Action:
    return OWN[name](actor) if name in OWN else ACTIONS[name]


def _changed(act: Action, ticket: Ticket, value: Any, actor: User) -> tuple[Any, Any] | None:
    """What it was before and after; None where it cannot be."""
    before = act.read(ticket)
    try:
        with transaction.atomic():
            act.do(ticket, value, actor)
    except assignment.CannotTake:
        return None
    return before, act.read(lifecycle.lock(ticket))


def _status(ticket: Ticket) -> dict[str, Any]:
    waits = ticket.waiting_since
    return {"status": ticket.status, "waiting_since": waits.isoformat() if waits else None}


def _status_back(ticket: Ticket, before: dict[str, Any], actor: Actor) -> None:
    waits = before["waiting_since"]
    since = parse_datetime(waits) if waits else None
    lifecycle.set_status(ticket, before["status"], actor=actor, waiting_since=since)


def _sleep(ticket: Ticket, until: datetime | None, actor: Actor) -> None:
    """Out of the lists until then; None wakes it."""
    if until is None:
        snoozing.rouse(ticket, actor=actor)
    else:
        snoozing.snooze(ticket, until=until, actor=actor)


def _slept(ticket: Ticket) -> dict[str, Any]:
    """Its status, too, since what was finished is opened to be snoozed."""
    until = ticket.snoozed_until
    return {"until": until.isoformat() if until else None, **_status(ticket)}


def _sleep_back(ticket: Ticket, before: dict[str, Any], actor: Actor) -> None:
    """Asleep as before, if that time is still to come; else awake."""
    until = parse_datetime(before["until"]) if before["until"] else None
    over = until is None or (until != snoozing.UNTIL_ANSWERED and until <= timezone.now())
    _sleep(ticket, None if over else until, actor)
    _status_back(ticket, before, actor)


def _home(ticket: Ticket) -> dict[str, int | None]:
    return {"team": ticket.team_id, "assignee": ticket.assignee_id}


def _home_back(ticket: Ticket, before: dict[str, int | None], actor: Actor) -> None:
    moved = assignment.move(ticket, Team.objects.filter(pk=before["team"] or 0).first(), actor=actor)
    _assign_back(moved, before["assignee"], actor)


def _assign_back(ticket: Ticket, before: int | None, actor: Actor) -> None:
    """To who had it, as far as they work here and may see it still."""
    colleague = User.objects.filter(pk=before or 0).first()
    if before is None or (colleague and assignment.can_take(colleague, ticket)):
        assignment.assign(ticket, colleague, actor=actor)


def _put(ticket: Ticket, folder: str, actor: Actor) -> None:
    verbs = {Ticket.Folder.SPAM: bin.mark_spam, Ticket.Folder.BIN: bin.delete}
    verbs.get(Ticket.Folder(folder), bin.restore)(ticket, actor=actor)


def _set_tags(ticket: Ticket, tags: Iterable[str], actor: Actor) -> None:
    properties.set_tags(ticket, tags, actor=actor)


ACTIONS: dict[str, Action] = {
    "assignee": Action(
        lambda ticket: ticket.assignee_id,
        lambda ticket, value, actor: assignment.assign(ticket, value, actor=actor),
        _assign_back,
    ),
    "team": Action(
        _home, lambda ticket, value, actor: assignment.move(ticket, value, actor=actor), _home_back
    ),
    "status": Action(
        _status,
        lambda ticket, value, actor: lifecycle.set_status(ticket, value, actor=actor),
        _status_back,
    ),
    "priority": Action(
        lambda ticket: ticket.priority,
        lambda ticket, value, actor: properties.set_priority(ticket, value, actor=actor),
        lambda ticket, before, actor: properties.set_priority(ticket, before, actor=actor),
    ),
    "kind": Action(
        lambda ticket: ticket.kind,
        lambda ticket, value, actor: properties.set_kind(ticket, value, actor=actor),
        lambda ticket, before, actor: properties.set_kind(ticket, before, actor=actor),
    ),
    "topic": Action(
        lambda ticket: ticket.topic,
        lambda ticket, value, actor: properties.set_topic(ticket, value, actor=actor),
        lambda ticket, before, actor: properties.set_topic(ticket, before, actor=actor),
    ),
    "tag_add": Action(
        lambda ticket: ticket.tags,
        lambda ticket, value, actor: _set_tags(ticket, [*ticket.tags, *value], actor),
        _set_tags,
    ),
    "tag_remove": Action(
        lambda ticket: ticket.tags,
        lambda ticket, value, actor: _set_tags(ticket, set(ticket.tags) - set(value), actor),
        _set_tags,
    ),
    "folder": Action(lambda ticket: ticket.folder, _put, _put),
    "snooze": Action(_slept, _sleep, _sleep_back),
}


def _watching(user: User) -> Action:
    def put(ticket: Ticket, on: bool, _actor: Actor) -> None:
        (watching.watch if on else watching.leave)(ticket, user)

    return Action(lambda ticket: ticket.watches.filter(user=user).exists(), put, put)


def _new(user: User) -> Action:
    def put(ticket: Ticket, new: bool, _actor: Actor) -> None:
        if new:
            reading.mark_new(user, ticket)
        else:
            reading.see(user.pk, ticket.pk)

    return Action(lambda ticket: ticket.pk in reading.new_among(user, [ticket]), put, put)


OWN: dict[str, Callable[[User], Action]] = {"watch": _watching, "new": _new}
"""What changes for the colleague alone: True or False."""
