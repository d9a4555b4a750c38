"""Linking tickets: one is part of another, is about the same matter, or is the same request twice.

A ticket has at most one whole and at most one original. What somebody sees of the other ticket is for access
to say, not for the link.
"""

from django.db import transaction
from django.db.models import Q

from helpdesk.accounts.models import User
from tickets import events, lifecycle
from tickets.models import Event, Link, Ticket

PART, WHOLE, RELATED = "part", "whole", "related"
DUPLICATE, ORIGINAL = "duplicate", "original"
RELATIONS = (PART, WHOLE, RELATED, DUPLICATE, ORIGINAL)
"""What a ticket is to the other one."""
TURNED = {PART: WHOLE, WHOLE: PART, RELATED: RELATED, DUPLICATE: ORIGINAL, ORIGINAL: DUPLICATE}
_KINDS = {PART: Link.Kind.PART, RELATED: Link.Kind.RELATED, DUPLICATE: Link.Kind.DUPLICATE}
_DEEPEST = 50


class CannotLink(ValueError):
    """It is the same ticket; it would go round in a circle; or it has a whole, or an original, already."""


@transaction.atomic
def link(ticket: Ticket, other: Ticket, relation: str, *, actor: User) -> Link:
    """From now on `ticket` is this (one of RELATIONS) to `other`; a link they had becomes this one.

    Raises CannotLink.
    """
    source, target = (ticket, other) if relation in _KINDS else (other, ticket)
    kind = _KINDS[relation if relation in _KINDS else TURNED[relation]]
    both = {pk: lifecycle.lock(Ticket(pk=pk)) for pk in sorted({source.pk, target.pk})}
    if len(both) < 2 or any(each.merged_into_id for each in both.values()):
        raise CannotLink("it takes two tickets")
    known = Link.objects.filter(Q(source=source, target=target) | Q(source=target, target=source)).first()
    if known and (known.kind, known.source_id) == (kind, source.pk):
        return known
    if kind != Link.Kind.RELATED:
        _insist(source, target, kind)
    if known:
        known.delete()
    made = Link.objects.create(source=source, target=target, kind=kind, made_by=actor)
    _tell(made, Event.Kind.LINKED, actor, both)
    return made


@transaction.atomic
def unlink(link: Link, *, actor: User) -> None:
    """They have nothing to do with each other any more; twice is once."""
    both = {pk: lifecycle.lock(Ticket(pk=pk)) for pk in sorted({link.source_id, link.target_id})}
    if Link.objects.filter(pk=link.pk).delete()[0]:
        _tell(link, Event.Kind.UNLINKED, actor, both)


@transaction.atomic
def settle_duplicate(ticket: Ticket, other: Ticket, *, actor: User) -> Link:
    """It goes on on the other ticket: this one is resolved and points there. Raises CannotLink."""
    made = link(ticket, other, DUPLICATE, actor=actor)
    lifecycle.resolve(ticket, actor=actor)
    return made


def open_parts(ticket: Ticket) -> list[Ticket]:
    """The parts of a ticket that are not finished, those of parts not counted."""
    found = Ticket.objects.filter(links_out__target=ticket, links_out__kind=Link.Kind.PART)
    return list(found.on_desk().unfinished().order_by("id"))


def relation(link: Link, ticket: Ticket) -> str:
    """What this ticket is to the other one."""
    told = next(name for name, kind in _KINDS.items() if kind == link.kind)
    return told if link.source_id == ticket.pk else TURNED[told]


def _insist(source: Ticket, target: Ticket, kind: Link.Kind) -> None:
    if Link.objects.filter(source=source, kind=kind).exclude(target=target).exists():
        raise CannotLink("it has one already")
    above: int | None = target.pk
    for _step in range(_DEEPEST):
        above = Link.objects.filter(source=above, kind=kind).values_list("target", flat=True).first()
        if above is None:
            return
        if above == source.pk:
            break
    raise CannotLink("it would go round in a circle")


def _tell(link: Link, kind: Event.Kind, actor: User, both: dict[int, Ticket]) -> None:
    """On both: what the ticket is to the other one. Its number is not told: not everybody may see it."""
    for ticket in both.values():
        events.record(ticket, kind, actor=actor, link=link.pk, relation=relation(link, ticket))
