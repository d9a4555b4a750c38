"""Which ticket a message belongs to.

`cases` holds the table: what a message carries × who sends it × whether that is proved. `evidence` finds what
it carries, `people` who takes part in a ticket, `subjects` reads subjects. Here they come together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from channels_app.messages import InboundMessage
from helpdesk.accounts.models import Company
from helpdesk.prepared import Lookup
from tickets import lifecycle
from tickets.customers import barred
from tickets.models import Customer, Doubt, Ticket
from tickets.threads import evidence, subjects
from tickets.threads.cases import Outcome, Relation, decide
from tickets.threads.evidence import Clue, remember
from tickets.threads.people import Participant, newcomers, participants, relation

__all__ = [
    "NOWHERE",
    "Participant",
    "Place",
    "cited_ticket_id",
    "joins",
    "newcomers",
    "participants",
    "place",
    "remember",
    "stated",
    "too_old",
]

_ticket = Lookup(lambda pk: Ticket.objects.filter(pk=pk), int, planned=True)
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message goes: into `ticket` (locked), or into a new one, which may follow or be doubtful."""

    ticket: Ticket | None = None
    unverified: bool = False
    doubt: Ticket | None = None
    reason: str = ""
    follows: Ticket | None = None
    clue: Clue | None = None


NOWHERE = Place()


def place(inbound: InboundMessage, customer: Customer) -> Place:
    """The place of a message, by the table of cases; the ticket it joins is locked.

    What a blocked customer writes, or comes from a blocked domain, joins what is in the spam; else it is a
    ticket of its own, to go there.
    """
    found = _found(inbound, customer)
    is_barred = found != NOWHERE and bool(barred.why(customer, inbound))
    if is_barred and found.ticket is None:
        return NOWHERE
    if found.ticket is None:
        return found
    ticket = lifecycle.lock_living(found.ticket.pk)
    if is_barred and ticket and ticket.folder != Ticket.Folder.SPAM:
        return Place(follows=ticket)
    return replace(found, ticket=ticket) if ticket else NOWHERE


def joins(inbound: InboundMessage) -> bool:
    """Whether a machine's mail belongs to a ticket: anything else of a machine is not one."""
    customer = evidence.sender(inbound)
    return customer is not None and _found(inbound, customer).ticket is not None


def cited_ticket_id(inbound: InboundMessage) -> int | None:
    """The ticket that the message says it belongs to by a token or by the ids it answers, if any."""
    clue = evidence.clue(inbound)
    return clue.ticket_id if clue else None


def stated(inbound: InboundMessage) -> Clue | None:
    """The ticket that a message names, whoever sends it: by token, by id, or by its number."""
    return next(_named(inbound), None)


def too_old(ticket: Ticket, now: datetime) -> bool:
    """Whether the ticket was closed so long ago that an answer opens a new one."""
    if ticket.status != Ticket.Status.CLOSED or ticket.closed_at is None:
        return False
    return ticket.closed_at < now - timedelta(days=Company.load().reopen_days)


def _found(inbound: InboundMessage, customer: Customer) -> Place:
    weak = NOWHERE
    for clue in _clues(inbound, customer):
        found = _consider(inbound, customer, clue)
        if found.ticket or clue.is_strong:
            return found
        if weak == NOWHERE:
            weak = found
    return weak


def _clues(inbound: InboundMessage, customer: Customer) -> Iterator[Clue]:
    names_none = True
    for clue in _named(inbound):
        names_none = False
        yield clue
    if inbound.automatic and (alike := evidence.like_before(inbound, customer)):
        yield alike
    if names_none and (answered := evidence.under_its_subject(inbound, customer)):
        yield answered


def _named(inbound: InboundMessage) -> Iterator[Clue]:
    if clue := evidence.clue(inbound):
        yield clue
        return
    yield from evidence.shared_roots(inbound)
    yield from evidence.numbered(inbound)


def _consider(inbound: InboundMessage, customer: Customer, clue: Clue) -> Place:
    ticket = _survivor(clue.ticket_id)
    if ticket is None:
        return NOWHERE
    sender = relation(ticket, customer, inbound)
    same = _same_subject(ticket, inbound)
    at_rest = not same and _is_at_rest(ticket)
    outcome = decide(clue.evidence, sender, inbound.authenticity, same_subject=same, at_rest=at_rest)
    if outcome == Outcome.NEW or (outcome == Outcome.DOUBT and inbound.automatic):
        return NOWHERE
    if too_old(ticket, timezone.now()):
        return Place(follows=ticket, clue=clue)
    if outcome == Outcome.DOUBT:
        return Place(doubt=ticket, reason=_reason(sender, inbound, clue), clue=clue)
    return Place(ticket=ticket, unverified=outcome == Outcome.UNVERIFIED, clue=clue)


def _survivor(ticket_id: int | None) -> Ticket | None:
    """The ticket, or the one it was joined into."""
    while ticket_id is not None and ticket_id <= LARGEST_ID:
        ticket = next(iter(_ticket(ticket_id)), None)
        if ticket is None or ticket.is_internal:
            return None  # nobody outside writes to colleagues' own
        if ticket.merged_into_id is None:
            return ticket
        ticket_id = ticket.merged_into_id
    return None


def _same_subject(ticket: Ticket, inbound: InboundMessage) -> bool:
    """Whether the subject is the ticket's, or one under which somebody wrote on it already."""
    if subjects.same(inbound.subject, ticket.subject):
        return True
    earlier = ticket.messages.exclude(subject="").values_list("subject", flat=True).distinct()
    return any(subjects.same(inbound.subject, one) for one in earlier)


def _is_at_rest(ticket: Ticket) -> bool:
    silence = timedelta(days=Company.load().silent_days)
    return ticket.is_finished or ticket.last_message_at < timezone.now() - silence


def _reason(sender: Relation, inbound: InboundMessage, clue: Clue) -> str:
    if sender == Relation.STRANGER:
        return Doubt.Reason.STRANGER
    if sender == Relation.COLLEAGUE:
        return Doubt.Reason.COLLEAGUE
    without = decide(clue.evidence, sender, inbound.authenticity, same_subject=True, at_rest=False)
    return Doubt.Reason.UNPROVED if without == Outcome.DOUBT else Doubt.Reason.SUBJECT
