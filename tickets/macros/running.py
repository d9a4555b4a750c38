"""Running a macro: on one ticket or many, all in one transaction, and back again."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from helpdesk.accounts.models import Company, User
from tickets import access, assignment, drafts, fields, lifecycle, markup, placeholders, replies
from tickets.bulk import MOST, TooMany
from tickets.macros.steps import ACTIONS, NOTE, REPLY, resolved
from tickets.macros.undoing import digest
from tickets.models import Batch, Draft, Macro, Ticket

MACRO = "macro"

__all__ = ["MACRO", "MOST", "Lost", "TooMany", "missing", "run", "words"]


class Lost(Exception):
    """A team or colleague that the macro names is gone; `steps` are the names of those steps."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


@transaction.atomic
def run(macro: Macro, numbers: Iterable[int], *, actor: User, key: UUID) -> Batch:
    """Do all of it to these tickets, as far as the colleague may see them; the same `key` again does nothing.

    The note is added at once; the reply is put into the colleague's draft, to be read and sent by them. On a
    ticket that cannot take one of the steps nothing is done, and it is counted. Raises Lost and TooMany.
    """
    if known := Batch.objects.filter(key=key, user=actor).first():
        return known
    wanted = set(numbers)
    if len(wanted) > MOST:
        raise TooMany
    values, lost = resolved(macro.steps, actor)
    if lost:
        raise Lost(lost)
    changes: list[list[Any]] = []
    left = len(wanted)
    found = access.tickets(actor).exclude(folder=Ticket.Folder.MERGED).filter(number__in=wanted)
    for ticket in found.order_by("pk"):
        done = _done(macro, lifecycle.lock(ticket), values, actor, key)
        if done is not None:
            left -= 1
            changes += [[ticket.pk, *done]] if done[0] != done[1] else []
    return Batch.objects.create(user=actor, key=key, action=MACRO, changes=changes, left=left)


def missing(macro: Macro, actor: User) -> list[str]:
    """The names of steps that cannot be done any more, since whom they name is gone."""
    return resolved(macro.steps, actor)[1]


def words(text: str, ticket: Ticket, actor: User) -> str:
    """With the placeholders filled in, as far as they are known on this ticket."""
    return placeholders.fill(text, placeholders.values(ticket, agent=actor, company=Company.load()))


def _done(
    macro: Macro, ticket: Ticket, values: Mapping[str, Any], actor: User, key: UUID
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What was before and after, by step; None where one of the steps cannot be."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    try:
        with transaction.atomic():
            for name, value in values.items():
                fresh = lifecycle.lock(ticket)
                before[name] = ACTIONS[name].read(fresh)
                ACTIONS[name].do(fresh, value, actor)
                after[name] = ACTIONS[name].read(lifecycle.lock(ticket))
    except (assignment.CannotTake, fields.Wrong):
        return None
    if text := macro.steps.get(NOTE):
        replies.add_note(
            ticket, author=actor, body=words(text, ticket, actor), key=uuid5(key, str(ticket.pk))
        )
        before[NOTE], after[NOTE] = None, True
    if text := macro.steps.get(REPLY):
        before[REPLY], after[REPLY] = _begin(ticket, words(text, ticket, actor), actor)
    return before, after


def _begin(ticket: Ticket, text: str, actor: User) -> tuple[str | None, str]:
    """The reply in the colleague's draft, below what they have begun; digests of it before and after."""
    begun = ticket.drafts.open().filter(author=actor, mode=Draft.Mode.REPLY).first()
    if begun is None or not begun.body.strip():
        draft = drafts.save(ticket, author=actor, mode=Draft.Mode.REPLY, body=text)
        return None, digest(draft)
    before = digest(begun)
    if begun.html:
        begun.html = f"{begun.html}<div><br></div>{markup.lines(text)}"
    begun.body = f"{begun.body.rstrip()}\n\n{text}"
    begun.save()
    return before, digest(begun)
