"""Two customers that are one person become one, and can be taken apart again for ever."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import events, live
from tickets.models import Customer, Event, Identity, Message, Ticket, Union
from tickets.models.ticket import TicketQuerySet

FILLED = ("name", "organisation_id", "language", "time_zone", "country", "notes", "importance", "custom")
CHUNK = 5000


class CannotUnite(Exception):
    """They are one customer already, or one of them was erased."""


@transaction.atomic
def unite(customer: Customer, into: Customer, *, actor: User) -> Union:
    """Tickets, messages and identities of `customer` become those of `into`, with what it lacks.

    From now on whoever writes from any of these identities is `into`. Raises CannotUnite.
    """
    _hold(Ticket.objects.filter(customer=customer))
    source, target = _lock(customer.pk, survivor(into.pk))
    if source.pk == target.pk or source.merged_into_id or source.erased_at or target.erased_at:
        raise CannotUnite("they are one customer already, or one of them was erased")
    union = Union.objects.create(source=source, target=target, united_by=actor, filled=_fill(target, source))
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    _take(union)
    _tell(Event.Kind.CUSTOMERS_UNITED, union, actor)
    return union


@transaction.atomic
def part(union: Union, *, actor: User) -> Union:
    """What came from the one goes back to it, wherever it is by now; what came since stays where it is.

    Done twice it is done once.
    """
    chain = _chain(union.target_id)
    _hold(Ticket.objects.filter(pk__in=union.ticket_ids))
    locked = _lock(union.source_id, *chain)
    source, target = locked[0], locked[1]
    union = Union.objects.select_for_update().get(pk=union.pk)
    if union.undone_at or source.erased_at:
        return union
    source.merged_into = None
    source.save(update_fields=["merged_into"])
    _move(Ticket, union.ticket_ids, chain, source)
    _move(Message, union.message_ids, chain, source)
    _move(Identity, union.identity_ids, chain, source)
    _empty(target, union.filled)
    union.undone_by, union.undone_at = actor, timezone.now()
    union.save(update_fields=["undone_by", "undone_at"])
    _tell(Event.Kind.CUSTOMERS_PARTED, union, actor)
    return union


@transaction.atomic
def gather(union_id: int) -> None:
    """What a mail that was being read while two were joined left with the one that went; safe to repeat."""
    union = Union.objects.filter(pk=union_id).first()
    if union is None:
        return
    _hold(Ticket.objects.filter(customer=union.source_id))
    union = Union.objects.select_for_update().filter(pk=union_id, undone_at=None).first()
    if union is not None:
        _take(union)


def survivor(customer_id: int) -> int:
    """The id of the customer this one was joined into, at the end of all joins; mostly their own."""
    return _chain(customer_id)[-1]


def _hold(tickets: TicketQuerySet) -> list[int]:
    """Lock these tickets, in the order of their ids; tickets come before customers."""
    return list(tickets.select_for_update().order_by("pk").values_list("pk", flat=True))


def _lock(*ids: int) -> list[Customer]:
    """These customers as they are now, locked in the order of their ids."""
    found = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    locked = {each.pk: each for each in found}
    return [locked[pk] for pk in ids]


def _chain(customer_id: int) -> list[int]:
    """The customer and those they were joined into, one after the other."""
    chain = [customer_id]
    while parent := Customer.objects.filter(pk=chain[-1]).values_list("merged_into", flat=True).first():
        chain.append(parent)
    return chain


def _take(union: Union) -> None:
    """Move whatever is still the source's, and remember it."""
    tickets = _hold(Ticket.objects.filter(customer=union.source_id))
    messages = list(Message.objects.filter(customer=union.source_id).values_list("pk", flat=True))
    identities = list(Identity.objects.filter(customer=union.source_id).values_list("pk", flat=True))
    heir = Customer(pk=survivor(union.target_id))
    for model, ids in ((Ticket, tickets), (Message, messages), (Identity, identities)):
        _move(model, ids, [union.source_id], heir)
    union.ticket_ids = sorted({*union.ticket_ids, *tickets})
    union.message_ids = sorted({*union.message_ids, *messages})
    union.identity_ids = sorted({*union.identity_ids, *identities})
    union.save(update_fields=["ticket_ids", "message_ids", "identity_ids"])


def _move(model: type[Any], ids: Sequence[int], owners: Sequence[int], to: Customer) -> None:
    """Of these rows those that belong to one of `owners`; open pages of the tickets hear of it."""
    for start in range(0, len(ids), CHUNK):
        model.objects.filter(pk__in=ids[start : start + CHUNK], customer__in=owners).update(customer=to.pk)
    if model is Ticket:
        live.publish(*(f"ticket-{pk}" for pk in ids[:50]))


def _fill(target: Customer, source: Customer) -> dict[str, list[Any]]:
    """What the one lacks is taken from the other; notes are put together, and the higher importance holds."""
    merged = {
        "notes": "\n\n".join(filter(None, [target.notes, source.notes])),
        "importance": max(target.importance, source.importance),
        "custom": {**source.custom, **target.custom},
    }
    filled = {}
    for name in FILLED:
        before = getattr(target, name)
        after = merged.get(name, before or getattr(source, name))
        if after != before:
            filled[name] = [before, after]
            setattr(target, name, after)
    target.save(update_fields=[name.removesuffix("_id") for name in filled] or ["name"])
    return filled


def _empty(target: Customer, filled: dict[str, list[Any]]) -> None:
    """Give back what was taken over, where nobody has changed it since."""
    untouched = [name for name, (_before, after) in filled.items() if getattr(target, name) == after]
    for name in untouched:
        setattr(target, name, filled[name][0])
    if untouched:
        target.save(update_fields=[name.removesuffix("_id") for name in untouched])


def _tell(kind: Event.Kind, union: Union, actor: User) -> None:
    events.record(None, kind, actor=actor, customer=union.target_id, union=union.pk, other=union.source_id)
