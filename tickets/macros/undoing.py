"""Taking a macro back: as a whole, but for what was changed again since."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import access, drafts, lifecycle
from tickets.macros.steps import ACTIONS, REPLY, taken_back
from tickets.models import Batch, Draft, Ticket


@transaction.atomic
def undo(batch: Batch, *, actor: User) -> int:
    """What it changed is as before, but for what was changed again since; how many tickets.

    A note that was added stays, since colleagues may have read it. A draft goes if nobody wrote in it.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    by_id = {pk: (before, after) for pk, before, after in batch.changes}
    done = 0
    for ticket in access.tickets(actor).filter(pk__in=by_id).order_by("pk"):
        before, after = by_id[ticket.pk]
        done += _undone(lifecycle.lock(ticket), before, after, actor)
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    return done


def _undone(ticket: Ticket, before: Mapping[str, Any], after: Mapping[str, Any], actor: User) -> bool:
    """Each step back, the last one first, where the ticket is still as that step left it."""
    done = False
    for name in reversed([each for each in ACTIONS if each in after]):
        done |= taken_back(name, lifecycle.lock(ticket), before[name], after[name], actor)
    if after.get(REPLY) and before.get(REPLY) is None:
        for draft in ticket.drafts.open().filter(author=actor, mode=Draft.Mode.REPLY):
            if digest(draft) == after[REPLY]:
                drafts.discard(draft)
                done = True
    return done


def digest(draft: Draft) -> str:
    """What tells a text from another without holding it."""
    return hashlib.sha256(f"{draft.pk} {draft.body}".encode()).hexdigest()[:32]
