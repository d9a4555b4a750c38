"""Two tickets become one, one becomes two, and each of it can be undone for ever."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from helpdesk.prepared import insert
from tickets import events, lifecycle
from tickets.models import Enquiry, Event, Message, Move, Ticket

Status = Ticket.Status
MOMENTS = ("last_message_at", "waiting_since", "first_replied_at", "resolved_at", "closed_at")


class CannotMove(Exception):
    """The two are one ticket already, or the message is all there is on its ticket."""


@transaction.atomic
def join(ticket: Ticket, into: Ticket, *, actor: User) -> Move:
    """Everything said on `ticket` goes to `into`, and so will answers to it; `undo` brings it back.

    When somebody waits on the one that joins, the other is open. Raises CannotMove.
    """
    living = lifecycle.survivor(into.pk)
    source, target = _lock({ticket.pk, living}, ticket.pk, living)
    if source.pk == target.pk or source.merged_into_id or target.merged_into_id:
        raise CannotMove("they are one ticket already")
    if source.is_internal != target.is_internal:
        raise CannotMove("one of them is internal")
    before = {"folder": source.folder, "source": _stand(source), "target": _stand(target)}
    move = _move(Move.Kind.JOIN, source, target, source.messages.values_list("pk", flat=True), actor)
    _take_drafts(source, target)
    _bury(source, target)
    _take_over(source, target)
    _remember(move, before, source, target)
    _tell(move, Event.Kind.TICKET_JOINED, actor)
    return move


@transaction.atomic
def split(message: Message, *, actor: User) -> Move:
    """A customer's message that does not belong here becomes a ticket of its own. Raises CannotMove."""
    source = lifecycle.lock(message.ticket)
    message.refresh_from_db(fields=["ticket"])
    others = source.messages.exclude(pk=message.pk).exclude(purpose=Message.Purpose.RECEIPT)
    alone = not others.exists()
    theirs = message.direction == Message.Direction.IN and message.enquiry_id is None
    if message.ticket_id != source.pk or not theirs or alone:
        raise CannotMove("the message is all there is, or no customer's")
    target = _own_ticket(source, message)
    events.record(target, Event.Kind.TICKET_OPENED, actor=actor)
    before = {"source": _stand(source)}
    move = _move(Move.Kind.SPLIT, source, target, [message.pk], actor)
    for ticket in (source, target):
        lifecycle.recount(ticket)
    _remember(move, before, source, target)
    _tell(move, Event.Kind.MESSAGE_SPLIT, actor)
    return move


@transaction.atomic
def undo(move: Move, *, actor: User) -> Move:
    """What moved goes back to where it was; what came since stays. Done twice it is done once."""
    joined = move.kind == Move.Kind.JOIN
    home = move.source_id if joined else lifecycle.survivor(move.source_id)
    chain = _chain(move.target_id)
    tickets = _lock({home, *chain}, home, *chain)
    move = Move.objects.select_for_update().get(pk=move.pk)
    if move.undone_at:
        return move
    Message.objects.filter(pk__in=move.message_ids, ticket__in=chain).update(ticket=home)
    _take_enquiries(move.message_ids, home)
    for ticket in tickets:
        _settle(ticket, move)
    source, target = tickets[0], tickets[1]
    if joined:
        _revive(source, move)
    elif not target.messages.exists() and target.merged_into_id is None:
        _bury(target, source)
    move.undone_by, move.undone_at = actor, timezone.now()
    move.save(update_fields=["undone_by", "undone_at"])
    _tell(move, Event.Kind.JOIN_UNDONE if joined else Event.Kind.SPLIT_UNDONE, actor)
    return move


def _lock(ids: set[int], *wanted: int) -> list[Ticket]:
    """The wanted tickets as they are now, all locked in the order of their ids."""
    locked = {pk: lifecycle.lock(Ticket(pk=pk)) for pk in sorted(ids)}
    return [locked[pk] for pk in dict.fromkeys(wanted)] if len(ids) > 1 else [locked[wanted[0]]] * 2


def _chain(ticket_id: int) -> list[int]:
    """The ticket and those it was joined into, one after the other: where its messages may be by now."""
    chain = [ticket_id]
    while parent := Ticket.objects.filter(pk=chain[-1]).values_list("merged_into", flat=True).first():
        chain.append(parent)
    return chain


def _move(kind: Move.Kind, source: Ticket, target: Ticket, messages: Iterable[int], actor: User) -> Move:
    ids = list(messages)
    Message.objects.filter(pk__in=ids).update(ticket=target)
    _take_enquiries(ids, target.pk)
    return Move.objects.create(kind=kind, source=source, target=target, message_ids=ids, moved_by=actor)


def _take_enquiries(message_ids: list[int], ticket_id: int) -> None:
    """An enquiry is where its messages are."""
    asked = Message.objects.filter(pk__in=message_ids, enquiry__isnull=False).values("enquiry")
    Enquiry.objects.filter(pk__in=asked).update(ticket=ticket_id)


def _own_ticket(source: Ticket, message: Message) -> Ticket:
    """Like the one it was on, for whoever wrote the message."""
    return insert(
        Ticket(
            subject=message.subject or source.subject,
            customer_id=message.customer_id or source.customer_id,
            channel_id=message.channel_id or source.channel_id,
            team_id=source.team_id,
            language=message.language or source.language,
            created_at=message.created_at,
            waiting_since=None if message.is_automatic else message.created_at,
        )
    )


def _take_drafts(source: Ticket, target: Ticket) -> None:
    """What colleagues have begun to write goes along, unless they have begun the same there."""
    begun = set(target.drafts.open().values_list("author", "mode", "enquiry"))
    for draft in source.drafts.all():
        if draft.due_at or (draft.author_id, draft.mode, draft.enquiry_id) not in begun:
            draft.ticket = target
            draft.save(update_fields=["ticket"])


def _bury(source: Ticket, target: Ticket) -> None:
    """A joined ticket is on no list; its status stays as it is, for the day the join is undone."""
    source.merged_into, source.folder, source.folder_since = target, Ticket.Folder.MERGED, None
    source.save(update_fields=["merged_into", "folder", "folder_since"])


def _revive(source: Ticket, move: Move) -> None:
    source.merged_into = None
    source.folder = Ticket.Folder(move.before.get("folder", Ticket.Folder.DESK))
    source.folder_since = None if source.is_on_desk else timezone.now()
    source.save(update_fields=["merged_into", "folder", "folder_since"])


def _take_over(source: Ticket, target: Ticket) -> None:
    """The target has heard, waited and been answered as the two have together."""
    if source.last_message_at > target.last_message_at:
        target.last_message_at, target.preview = source.last_message_at, source.preview
    target.first_replied_at = _earlier(source.first_replied_at, target.first_replied_at)
    target.waiting_since = _earlier(source.waiting_since, target.waiting_since)
    if source.waiting_since and target.status not in (Status.NEW, Status.OPEN):
        _set_status(target, Status.OPEN, why="joined")
        target.resolved_at = target.closed_at = None
    target.save()


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)


def _stand(ticket: Ticket) -> dict[str, Any]:
    """How a ticket stands, as JSON."""
    moments = {name: getattr(ticket, name) for name in MOMENTS}
    told = {name: at.isoformat() if at else None for name, at in moments.items()}
    return {"status": str(ticket.status), "preview": ticket.preview, **told}


def _remember(move: Move, before: dict[str, Any], source: Ticket, target: Ticket) -> None:
    move.before = {**before, "left": {str(each.pk): _stand(each) for each in (source, target)}}
    move.save(update_fields=["before"])


def _settle(ticket: Ticket, move: Move) -> None:
    """A ticket that nobody touched since stands again as it did; another one is recounted."""
    side = {move.source_id: "source", move.target_id: "target"}.get(ticket.pk, "")
    untouched = move.before.get("left", {}).get(str(ticket.pk)) == _stand(ticket)
    stood = move.before.get(side)
    if not stood or not untouched:
        return lifecycle.recount(ticket)
    if ticket.status != stood["status"]:
        _set_status(ticket, Status(stood["status"]), why="undone")
    ticket.preview = stood["preview"]
    for name in MOMENTS:
        setattr(ticket, name, datetime.fromisoformat(stood[name]) if stood[name] else None)
    ticket.save()
    return None


def _set_status(ticket: Ticket, status: Ticket.Status, *, why: str) -> None:
    before, ticket.status = ticket.status, status
    events.record(ticket, Event.Kind.STATUS_CHANGED, actor=None, before=before, after=status, why=why)


def _tell(move: Move, kind: Event.Kind, actor: User) -> None:
    """On both tickets: the number of the other one, and which of the two this is."""
    pairs = ((move.source, move.target, "source"), (move.target, move.source, "target"))
    for ticket, other, side in pairs:
        events.record(ticket, kind, actor=actor, move=move.pk, other=other.number, side=side)
