"""A ticket's life: opened, answered, waited for, resolved, closed, reopened."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from channels_app.messages import InboundMessage
from channels_app.models import Channel
from helpdesk.prepared import Lookup, insert, update
from tickets import customers, events, locking
from tickets.customers import barred
from tickets.events import Actor
from tickets.models import Customer, Event, Message, Ticket

PREVIEW_LENGTH = 160

_locked = Lookup(lambda pk: Ticket.objects.select_for_update().filter(pk=pk), int, planned=True)
_locked_whole = Lookup(
    lambda pk: (
        Ticket.objects.select_for_update(of=("self",)).select_related("team", "assignee").filter(pk=pk)
    ),
    int,
    planned=True,
)
_parent = Lookup(lambda pk: Ticket.objects.filter(pk=pk).only("merged_into"), int, planned=True)
_channel = Lookup(
    lambda pk: Channel.objects.filter(pk=pk).only("team_id", "language", "config"),
    int,
    planned=True,
    once=True,
)


def open_ticket(customer: Customer, inbound: InboundMessage, *, follows: Ticket | None = None) -> Ticket:
    """A new ticket for this message, in the team of its channel; `follows` was closed for long.

    What a filter on the way marked as spam goes to the spam, unless we have answered this customer before;
    and so does whatever a blocked customer writes, or comes from a blocked domain.
    """
    channel = _channel(inbound.channel_id)[0]
    spam = _why_spam(customer, inbound)
    folder = Ticket.Folder.SPAM if spam else Ticket.Folder.DESK
    ticket = insert(
        Ticket(
            subject=inbound.subject[:1000],
            customer=customer,
            channel=channel,
            team_id=channel.team_id,
            language=inbound.language or customer.language or channel.language,
            follows=follows,
            preview=preview(inbound.visible_text),
            waiting_since=timezone.now(),
            folder=folder,
            folder_since=None if folder == Ticket.Folder.DESK else timezone.now(),
        )
    )
    if inbound.language and not customer.language:
        customer.language = inbound.language
        customer.save(update_fields=["language"])
    events.record(ticket, Event.Kind.TICKET_OPENED, actor=customer)
    if folder != Ticket.Folder.DESK:
        desk = Ticket.Folder.DESK
        events.record(ticket, Event.Kind.FOLDER_CHANGED, actor=None, before=desk, after=folder, **spam)
    return ticket


def _why_spam(customer: Customer, inbound: InboundMessage) -> dict[str, Any]:
    """Why a new ticket goes to the spam, as the event tells it; empty when it does not."""
    if found := barred.why(customer, inbound):
        return found
    marked = inbound.spam and not customers.was_answered(customer)
    return {"why": "marked_on_the_way"} if marked else {}


def customer_wrote(ticket: Ticket, inbound: InboundMessage) -> None:
    """A message of a person came to this (locked) ticket: it is open again and the customer waits.

    A deleted ticket comes back to the desk; one marked as spam stays where it is.
    """
    now = timezone.now()
    ticket.last_message_at = now
    ticket.preview = preview(inbound.visible_text)
    ticket.waiting_since = ticket.waiting_since or now
    before = ticket.status
    if before not in (Ticket.Status.NEW, Ticket.Status.OPEN):
        ticket.status = Ticket.Status.OPEN
        ticket.resolved_at = ticket.closed_at = None
    folder = ticket.folder
    if folder == Ticket.Folder.BIN:
        ticket.folder, ticket.folder_since = Ticket.Folder.DESK, None
    if ticket.is_snoozed:
        rouse(ticket, actor=None, why="customer_wrote")
    ticket.save()
    if ticket.folder != folder:
        events.record(ticket, Event.Kind.FOLDER_CHANGED, actor=None, before=folder, after=ticket.folder)
    if ticket.status != before:
        events.record(
            ticket,
            Event.Kind.STATUS_CHANGED,
            actor=None,
            before=before,
            after=ticket.status,
            why="customer_wrote",
        )


def noted(ticket: Ticket, body: str) -> None:
    """On this (locked) internal ticket notes are what is said: the newest is shown, and new to others."""
    ticket.last_message_at, ticket.preview = timezone.now(), preview(body)
    ticket.save(update_fields=["last_message_at", "preview"])


def others_wrote(ticket: Ticket) -> None:
    """Somebody who is not the customer answered on this (locked) ticket: the customer waits no more or less.

    What was on hold, for something else than the customer, is open; what was snoozed is back.
    """
    ticket.last_message_at = timezone.now()
    ticket.save(update_fields=["last_message_at"])
    if ticket.is_snoozed:
        rouse(ticket, actor=None, why="others_wrote")
    if ticket.status == Ticket.Status.ON_HOLD:
        set_status(ticket, Ticket.Status.OPEN, actor=None)


def answered(ticket: Ticket, body: str) -> None:
    """We wrote to the customer on this (locked) ticket: nobody waits for us any more."""
    now = timezone.now()
    ticket.last_message_at = now
    ticket.preview = preview(body)
    ticket.waiting_since = None
    ticket.first_replied_at = ticket.first_replied_at or now
    if ticket.status == Ticket.Status.NEW:
        ticket.status = Ticket.Status.OPEN
    ticket.save()


@transaction.atomic
def set_status(ticket: Ticket, status: str, *, actor: Actor, waiting_since: datetime | None = None) -> Ticket:
    """Give the ticket this status; nothing happens when it has it already.

    `waiting_since` is for who takes a change back: the customer waits again, as long as before.
    """
    ticket = lock(ticket)
    before = ticket.status
    if status == before:
        return ticket
    now = timezone.now()
    ticket.status = Ticket.Status(status)
    ticket.resolved_at = (ticket.resolved_at or now) if ticket.is_finished else None
    ticket.closed_at = now if status == Ticket.Status.CLOSED else None
    if ticket.is_finished or status == Ticket.Status.WAITING:
        ticket.waiting_since = None  # nobody waits for us any more
    else:
        ticket.waiting_since = ticket.waiting_since or waiting_since
    if ticket.is_finished:
        ticket.snoozed_until = None  # there is nothing to come back for
    update(ticket, "status", "resolved_at", "closed_at", "waiting_since", "snoozed_until")
    events.record(ticket, Event.Kind.STATUS_CHANGED, actor=actor, before=before, after=status)
    return ticket


def resolve(ticket: Ticket, *, actor: Actor) -> Ticket:
    """The request is done; the customer's next word reopens it."""
    return set_status(ticket, Ticket.Status.RESOLVED, actor=actor)


def close(ticket: Ticket, *, actor: Actor) -> Ticket:
    """The request is over; a word that comes long after opens a ticket of its own."""
    return set_status(ticket, Ticket.Status.CLOSED, actor=actor)


def reopen(ticket: Ticket, *, actor: Actor) -> Ticket:
    """The ticket is open again, whatever it was."""
    return set_status(ticket, Ticket.Status.OPEN, actor=actor)


def rouse(ticket: Ticket, *, actor: Actor, why: str) -> None:
    """A snoozed (locked) ticket is among the others again; the event says why, and who had snoozed it."""
    ticket.snoozed_until = None
    ticket.save(update_fields=["snoozed_until"])
    events.record(ticket, Event.Kind.WOKEN, actor=actor, why=why, snoozed_by=ticket.snoozed_by_id)


def lock(ticket: Ticket, *, follow: bool = False) -> Ticket:
    """The ticket as it is now, locked until the transaction ends (tickets before customers before agents).

    With `follow` one that was joined into another leads there: nothing is said on a dead ticket.
    """
    if not follow and (kept := locking.at_hand(ticket.pk)):
        return kept
    pk = survivor(ticket.pk) if follow else ticket.pk
    if not connection.in_atomic_block:
        raise TransactionManagementError("a lock lasts as long as its transaction, and there is none")
    found = _locked_whole.first(pk)
    if found is None:
        raise Ticket.DoesNotExist(f"no ticket {pk}")
    return lock(found, follow=True) if follow and found.merged_into_id else found


def lock_living(ticket_id: int) -> Ticket | None:
    """The ticket, or the one it was joined into, locked; None when it was erased. Fast."""
    ticket = next(iter(_locked(survivor(ticket_id))), None)
    return lock_living(ticket.pk) if ticket and ticket.merged_into_id else ticket


def survivor(ticket_id: int) -> int:
    """The id of the ticket that this one was joined into, at the end of all joins; mostly its own.

    Nothing is locked on the way, so that locks are taken in the order of ids.
    """
    while found := next(iter(_parent(ticket_id)), None):
        if found.merged_into_id is None:
            break
        ticket_id = found.merged_into_id
    return ticket_id


def recount(ticket: Ticket) -> None:
    """After messages went from a (locked) ticket, or came back: what it says of them is true again."""
    spoken = ticket.messages.exclude(direction=Message.Direction.NOTE).filter(is_automatic=False)
    spoken = spoken.with_customer().order_by("created_at", "id")
    ours = spoken.filter(direction=Message.Direction.OUT, purpose=Message.Purpose.REPLY)
    last, first_answer, answer = spoken.last(), ours.first(), ours.last()
    if last:
        ticket.preview, ticket.last_message_at = preview(last.visible_text), last.created_at
    ticket.first_replied_at = first_answer.created_at if first_answer else None
    unanswered = spoken.filter(direction=Message.Direction.IN)
    if answer:
        unanswered = unanswered.filter(created_at__gt=answer.created_at)
    asked = unanswered.first()
    ticket.waiting_since = asked.created_at if asked and ticket.waiting_since else None
    ticket.save()


def preview(text: str) -> str:
    """The first words of a message, on one line."""
    return " ".join(text[: PREVIEW_LENGTH * 4].split())[:PREVIEW_LENGTH]
