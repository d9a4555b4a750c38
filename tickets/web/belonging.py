"""The lines that tell where messages belong: proposals, links, newcomers, and what can be undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tickets import access, naming, threads
from tickets.horizon import Viewer
from tickets.models import Doubt, Event, Message, Move, Ticket
from tickets.threads import subjects

UNDOABLE = (Event.Kind.TICKET_JOINED, Event.Kind.MESSAGE_SPLIT, Event.Kind.KEPT_APART)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A message that may belong to another ticket: why, and what can be done about it."""

    template: str = field(default="tickets/_doubt.html", init=False)
    at: datetime
    own: int
    """The number of the ticket that the message has for itself."""
    other: int
    is_own: bool
    """Whether this is shown on that ticket; else on the one it may belong to."""
    visible: bool
    """Whether the reader may see the ticket on the other side."""
    title: str
    """Subject of the ticket on the other side, "" when the reader may not see it."""
    person: str
    reason: str
    asked: bool
    """Whether the supervisors see it already."""


@dataclass(frozen=True, kw_only=True)
class Relative:
    """A ticket that this one follows, or one that follows it."""

    template: str = field(default="tickets/_relative.html", init=False)
    at: datetime
    number: int
    title: str
    is_earlier: bool


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    template: str = field(default="tickets/_newcomer.html", init=False)
    at: datetime
    address: str
    by: str


Line = Proposal | Relative | Newcomer


@dataclass(frozen=True, kw_only=True)
class Grave:
    """Where a joined ticket went, and how to bring it back."""

    number: int | None
    title: str
    move: int | None


def lines(ticket: Ticket, viewer: Viewer) -> list[Line]:
    """Everything that is to be told between the letters of a ticket."""
    lines: list[Line] = list(_newcomers(ticket))
    if ticket.follows_id or getattr(ticket, "is_entangled", True):
        lines += [*_proposals(ticket, viewer), *_relatives(ticket, viewer)]
    return lines


def undoings(events: Iterable[Event], ticket: Ticket, viewer: Viewer) -> dict[int, tuple[str, int]]:
    """Event → the address that undoes it and the move it names, where that is still possible."""
    told = [event for event in events if event.kind in UNDOABLE]
    if not told:
        return {}
    ids = {event.data.get("move") for event in told if "move" in event.data}
    moves = {move.pk: move for move in Move.objects.standing().filter(pk__in=ids)}
    kept = set(Doubt.objects.of(ticket).filter(state=Doubt.State.APART).values_list("pk", flat=True))
    seen = _seen(viewer, {pk for move in moves.values() for pk in (move.source_id, move.target_id)})
    found: dict[int, tuple[str, int]] = {}
    for event in told:
        move = moves.get(event.data.get("move", 0))
        if move and {move.source_id, move.target_id} <= seen:
            found[event.pk] = (reverse("tickets:join-undo", args=[ticket.number]), move.pk)
        elif event.kind == Event.Kind.KEPT_APART and event.data.get("doubt") in kept:
            found[event.pk] = (reverse("tickets:apart-undo", args=[ticket.number]), event.data["doubt"])
    return found


def grave(ticket: Ticket, viewer: Viewer) -> Grave | None:
    """For a ticket that was joined into another one: which, as far as the reader may see it."""
    if ticket.merged_into_id is None:
        return None
    into = access.tickets(viewer).filter(pk=ticket.merged_into_id).only("number", "subject").first()
    move = Move.objects.standing().filter(source=ticket, target=ticket.merged_into_id).last()
    if into is None:
        return Grave(number=None, title="", move=None)
    return Grave(number=into.number, title=into.subject, move=move.pk if move else None)


def new_subject(message: Message, before: str) -> str:
    """The subject under which a message came, when it is another than was talked about before."""
    if message.direction != Message.Direction.IN or subjects.same(message.subject, before):
        return ""
    return message.subject


def _proposals(ticket: Ticket, viewer: Viewer) -> Iterator[Proposal]:
    found = Doubt.objects.of(ticket).filter(state=Doubt.State.OPEN, ticket__merged_into=None)
    found = found.select_related("ticket__customer", "other__customer", "message").defer("message__search")
    for doubt in found:
        is_own = doubt.ticket_id == ticket.pk
        there = doubt.other if is_own else doubt.ticket
        visible = bool(_seen(viewer, {there.pk}))
        yield Proposal(
            at=doubt.raised_at,
            own=doubt.ticket.number,
            other=doubt.other.number,
            is_own=is_own,
            visible=visible,
            title=there.subject if visible else "",
            person=naming.of(there.customer) if visible else "",
            reason=_reason(doubt) if is_own or visible else "",
            asked=bool(doubt.ticket.escalated_at and doubt.other.escalated_at),
        )


def _reason(doubt: Doubt) -> str:
    who = doubt.message.sender_address or naming.of(doubt.ticket.customer)
    return {
        Doubt.Reason.STRANGER: _("%(who)s took no part in it so far."),
        Doubt.Reason.COLLEAGUE: _("%(who)s is of the same organisation, but took no part in it so far."),
        Doubt.Reason.UNPROVED: _("Nothing proves that it comes from %(who)s."),
        Doubt.Reason.SUBJECT: _("It answers an old ticket, under another subject."),
    }[Doubt.Reason(doubt.reason)] % {"who": who}


def _relatives(ticket: Ticket, viewer: Viewer) -> Iterator[Relative]:
    for each in access.tickets(viewer).filter(Q(pk=ticket.follows_id) | Q(follows=ticket)).order_by("id"):
        is_earlier = each.pk == ticket.follows_id
        at = ticket.created_at if is_earlier else each.created_at
        yield Relative(at=at, number=each.number, title=each.subject, is_earlier=is_earlier)


def _newcomers(ticket: Ticket) -> Iterator[Newcomer]:
    for each in threads.newcomers(ticket):
        yield Newcomer(at=each.since, address=each.address, by=each.by)


def _seen(viewer: Viewer, ids: set[int]) -> set[int]:
    return set(access.tickets(viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
