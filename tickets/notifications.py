"""Telling colleagues: lines of the bell, each for one person, until they have read them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import live
from tickets.models import Message, Notification, Ticket


@transaction.atomic
def notify(
    users: Iterable[User],
    kind: Notification.Kind,
    *,
    ticket: Ticket,
    message: Message | None = None,
    by: User | None = None,
) -> list[User]:
    """Tell each of them once, but not whoever did it; their open pages hear of it. Who was told."""
    told = [user for user in users if user.is_active and (by is None or user.pk != by.pk)]
    rows = [Notification(user=user, kind=kind, ticket=ticket, message=message, by=by) for user in told]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    live.publish(*(f"bell-{user.pk}" for user in told))
    return told


def read(user: User, *, pks: Iterable[int] | None = None) -> int:
    """These were read, all of them when none are named; how many were not before."""
    unread = Notification.objects.unread().filter(user=user)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    count = unread.update(read_at=timezone.now())
    if count:
        live.publish(f"bell-{user.pk}")
    return count
