"""Messages that may belong to another ticket: told on both, decided by a person, open to a second thought."""

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import escalating, events
from tickets.models import Doubt, Event, Message, Ticket


def raise_doubt(message: Message, ticket: Ticket, other: Ticket, reason: str) -> Doubt:
    """The message is a ticket of its own and may belong to the other one; in the caller's transaction."""
    doubt = Doubt.objects.create(ticket=ticket, other=other, message=message, reason=reason)
    _tell(doubt, Event.Kind.DOUBT_RAISED, None)
    return doubt


@transaction.atomic
def keep_apart(doubt: Doubt, *, actor: User) -> Doubt:
    """The message stays a ticket of its own; nothing happens when that was decided before."""
    return _decide(doubt, Doubt.State.APART, actor, Event.Kind.KEPT_APART)


@transaction.atomic
def reconsider(doubt: Doubt, *, actor: User) -> Doubt:
    """To be decided once more."""
    return _decide(doubt, Doubt.State.OPEN, actor, Event.Kind.DOUBT_REOPENED)


@transaction.atomic
def ask_supervisors(doubt: Doubt, *, actor: User) -> Doubt:
    """Who sees only one of the two tickets shows both to the supervisors."""
    for ticket in sorted((doubt.ticket, doubt.other), key=lambda each: each.pk):
        escalating.escalate(ticket, actor=actor)
    return doubt


def _decide(doubt: Doubt, state: Doubt.State, actor: User, kind: Event.Kind) -> Doubt:
    doubt = Doubt.objects.select_for_update(of=("self",)).select_related("ticket", "other").get(pk=doubt.pk)
    if doubt.state != state:
        doubt.state, doubt.decided_by, doubt.decided_at = state, actor, timezone.now()
        doubt.save(update_fields=["state", "decided_by", "decided_at"])
        _tell(doubt, kind, actor)
    return doubt


def _tell(doubt: Doubt, kind: Event.Kind, actor: User | None) -> None:
    for ticket, other in ((doubt.ticket, doubt.other), (doubt.other, doubt.ticket)):
        events.record(ticket, kind, actor=actor, doubt=doubt.pk, other=other.number)
