"""Telling colleagues: lines of the bell, each for one person, until they have read them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import access, live
from tickets.models import Message, Notification, Ticket
from tickets.telling import mail, ways


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
    wanted, known = ways.of(told, kind), _told_before(told, kind, message)
    rows = [
        Notification(
            user=user, kind=kind, ticket=ticket, message=message, by=by, is_quiet=not wanted[user.pk].page
        )
        for user in told
        if user.pk not in known
    ]
    for line in Notification.objects.bulk_create(rows):
        _tell(line, wanted[line.user_id])
    live.publish(*(f"bell-{user.pk}" for user in told))
    return told


def _told_before(users: list[User], kind: Notification.Kind, message: Message | None) -> set[int]:
    """Who has this line already: a message is told of once."""
    if message is None:
        return set()
    known = Notification.objects.filter(user__in=users, kind=kind, message=message)
    return set(known.values_list("user", flat=True))


def _tell(line: Notification, wanted: ways.Ways) -> None:
    """Outside the page, as the colleague wants it, of a ticket that they may see."""
    if wanted.mail == ways.NOW and _may_see(line) and mail.write(line):
        line.mailed_at = timezone.now()
        line.save(update_fields=["mailed_at"])


def _may_see(line: Notification) -> bool:
    return access.tickets(line.user).filter(pk=line.ticket_id).exists()


def read(user: User, *, pks: Iterable[int] | None = None) -> int:
    """These were read, all of them when none are named; how many were not before."""
    unread = Notification.objects.unread().filter(user=user)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    count = unread.update(read_at=timezone.now())
    if count:
        live.publish(f"bell-{user.pk}")
    return count
