"""What colleagues do with suggestions: let them be seen, say what becomes of them, unite two that are one."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from knowledge import access
from knowledge.models import Shown, Suggestion, SuggestionChange, SuggestionComment, SuggestionVote
from knowledge.suggestions import shelf, telling

GRACE = timedelta(minutes=5)
"""So long a status may be taken back before voters hear of it."""
FIELDS = ("title", "text", "language", "answer", "status", "shown")


class NotAllowed(Exception):
    """Only supervisors and admins decide."""


class CannotUnite(Exception):
    """They are one already, the other is united with a third, or stands in another help centre."""


@transaction.atomic
def change(suggestion: Suggestion, *, actor: User, **given: Any) -> Suggestion:
    """Give it these of FIELDS; its author hears that it is public, its voters after a while of a new status.

    Raises NotAllowed.
    """
    _check(actor)
    row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    before = {name: getattr(row, name) for name in FIELDS}
    changed = {name for name, value in given.items() if before[name] != value}
    if not changed:
        return row
    for name in changed:
        setattr(row, name, given[name])
    if changed & {"status", "answer"}:
        row.decided_at = timezone.now()
    row.save()
    if "status" in changed:
        _note(row, before["status"], actor)
    if changed & {"title", "text", "language", "shown"}:
        shelf.arrange(row)
    if "shown" in changed and (before["shown"], row.shown) == (Shown.WAITING, Shown.PUBLIC):
        telling.published(row)
    return row


@transaction.atomic
def unite(suggestion: Suggestion, into: Suggestion, *, actor: User) -> Suggestion:
    """Its votes and comments go to the other, each voter counted once; its page leads there from now on.

    Raises NotAllowed and CannotUnite.
    """
    _check(actor)
    rows = Suggestion.objects.select_for_update().filter(pk__in=[suggestion.pk, into.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    source, target = found[suggestion.pk], found[into.pk]
    apart = source.centre_id != target.centre_id
    if source.pk == target.pk or source.merged_into_id or target.merged_into_id or apart:
        raise CannotUnite
    there = set(SuggestionVote.objects.filter(suggestion=target).values_list("customer", flat=True))
    votes = SuggestionVote.objects.filter(suggestion=source)
    for twice in votes.filter(customer__in=there, ticket__isnull=False):
        SuggestionVote.objects.filter(suggestion=target, customer=twice.customer_id, ticket=None).update(
            ticket=twice.ticket_id
        )
    votes.filter(customer__in=there).delete()
    votes.update(suggestion=target)
    SuggestionComment.objects.filter(suggestion=source).update(suggestion=target)
    Suggestion.objects.filter(merged_into=source).update(merged_into=target)
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    shelf.arrange(source)
    return target


def show(comment: SuggestionComment, shown: str, *, actor: User) -> None:
    """Let a comment be seen, or hide it. Raises NotAllowed."""
    _check(actor)
    comment.shown = Shown(shown).value
    comment.save(update_fields=["shown"])


def _note(row: Suggestion, before: str, actor: User) -> None:
    """What was to be told of an earlier status is not, nor is one that was taken back in time."""
    now = timezone.now()
    untold = SuggestionChange.objects.filter(suggestion=row, settled_at=None, told_up_to=0)
    first = untold.order_by("pk").values_list("before", flat=True).first() or before
    untold.update(settled_at=now)
    nothing = first == row.status or row.shown != Shown.PUBLIC
    SuggestionChange.objects.create(
        suggestion=row,
        before=before,
        status=row.status,
        user=actor,
        at=now,
        due_at=now + GRACE,
        settled_at=now if nothing else None,
    )


def _check(actor: User) -> None:
    if not access.may_decide(actor):
        raise NotAllowed
