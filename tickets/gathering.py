"""Several tickets become one: each is joined into the one that goes on, and one undoing takes all apart."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import access, lifecycle, merging, naming
from tickets.bulk import MOST, TooMany
from tickets.models import Batch, Move, Ticket

GATHERED = "merge"


class Nothing(ValueError):
    """There are no two tickets among them that can become one."""


def gatherable(numbers: Iterable[int], *, actor: User) -> list[Ticket]:
    """Those of these tickets that the colleague sees and that stand for themselves, the oldest first."""
    standing = access.tickets(actor).exclude(folder=Ticket.Folder.MERGED).filter(number__in=set(numbers))
    found = list(standing.select_related("customer").order_by("pk")[: MOST + 1])
    naming.look_up(each.customer for each in found)
    return found


@transaction.atomic
def gather(numbers: Iterable[int], *, into: int, actor: User, key: UUID) -> Batch:
    """Join the tickets of these numbers into the one numbered `into`; the same `key` again does nothing.

    What cannot be joined to it stays as it is, and is counted. Raises TooMany; Nothing when none could be.
    """
    if known := Batch.objects.filter(key=key, user=actor).first():
        return known
    wanted = set(numbers)
    if len(wanted) > MOST:
        raise TooMany
    found = [lifecycle.lock(ticket) for ticket in gatherable(wanted, actor=actor)]
    target = next((ticket for ticket in found if ticket.number == into), None)
    if target is None:
        raise Nothing
    others = [ticket for ticket in found if ticket.pk != target.pk]
    moves = [move for ticket in others if (move := _joined(ticket, target, actor))]
    if not moves:
        raise Nothing
    changes = [[move.source_id, None, move.pk] for move in moves]
    left = len(wanted) - 1 - len(moves)
    return Batch.objects.create(user=actor, key=key, action=GATHERED, changes=changes, left=left)


@transaction.atomic
def undo(batch: Batch, *, actor: User) -> int:
    """Take apart what this batch joined, the last first, as far as the colleague sees it; how many."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    seen = access.tickets(actor).filter(pk__in=[pk for pk, _before, _move in batch.changes])
    mine = set(seen.values_list("pk", flat=True))
    done = 0
    for pk, _before, number in reversed(batch.changes):
        move = Move.objects.filter(pk=number, undone_at=None).first() if pk in mine else None
        if move is not None:
            merging.undo(move, actor=actor)
            done += 1
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    return done


def _joined(ticket: Ticket, target: Ticket, actor: User) -> Move | None:
    try:
        with transaction.atomic():
            return merging.join(ticket, target, actor=actor)
    except merging.CannotMove:
        return None
