"""What always follows from an event, in this order. Rules that admins set up are one of these things."""

from collections.abc import Callable, Sequence

from django.utils import timezone

from helpdesk.wake import wake
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
from tickets.inviting import noting as inviting
from tickets.models import Event, Move
from tickets.priority import settling
from tickets.routing import placing
from tickets.rules import engine
from tickets.sla import policies, prompting
from tickets.sla import settling as times
from tickets.telling import owning


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
    with prompting.held():
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
            pks |= prompting.of_customer(event.data["customer"])
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


def invite(happened: Sequence[Event]) -> None:
    """A request is resolved: its customer is asked some hours later how it went."""
    inviting.note(happened)


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
    "invite": invite,
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
events.follow(Event.Kind.ASSIGNED, "hand_over", wanted=wants.is_promised)
events.follow(Event.Kind.ASSIGNED, "given")
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
events.follow(Event.Kind.STATUS_CHANGED, "invite", wanted=inviting.may_be_asked)
events.follow(Event.Kind.KIND_CHANGED, "reckon", wanted=wants.is_corrected)
events.follow(Event.Kind.MESSAGE_RECEIVED, "keep_time", wanted=wants.is_timed_apart)
for _kind in prompting.KINDS:
    events.follow(_kind, "keep_time", wanted=prompting.is_wanted)
for _kind in (Event.Kind.CUSTOMER_CHANGED, Event.Kind.CUSTOMERS_UNITED):
    events.follow(_kind, "keep_time", wanted=prompting.is_of_customer)
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
