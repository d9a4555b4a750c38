"""Watching a ticket: whoever watches has a line under the bell for what others do there."""

from collections import defaultdict
from collections.abc import Sequence

from helpdesk.accounts.models import User
from tickets import access, live, notifications
from tickets.models import Event, Notification, Ticket, Watch
from tickets.notifications import News

KINDS = (
    Event.Kind.MESSAGE_RECEIVED,
    Event.Kind.REPLY_SENT,
    Event.Kind.NOTE_ADDED,
    Event.Kind.ENQUIRY_ANSWERED,
    Event.Kind.STATUS_CHANGED,
    Event.Kind.ASSIGNED,
)
"""What watchers are told of."""


def watch(ticket: Ticket, user: User) -> None:
    """From now on they hear of it; nothing happens when they do already."""
    Watch.objects.bulk_create([Watch(ticket=ticket, user=user)], ignore_conflicts=True)
    live.publish(f"ticket-{ticket.pk}")


def leave(ticket: Ticket, user: User) -> None:
    """They hear of it no more."""
    Watch.objects.filter(ticket=ticket, user=user).delete()
    live.publish(f"ticket-{ticket.pk}")


def tell(happened: Sequence[Event]) -> None:
    """Tell those who watch the tickets of these events, if they may see them still; one query without any."""
    watched = defaultdict(list)
    rows = Watch.objects.filter(ticket__in={event.ticket_id for event in happened}, user__is_active=True)
    for row in rows.select_related("user"):
        watched[row.ticket_id].append(row.user)
    for event in happened:
        if event.ticket and watched[event.ticket.pk]:
            _tell(event, event.ticket, watched[event.ticket.pk])


def _tell(event: Event, ticket: Ticket, users: list[User]) -> None:
    """One line for a ticket until it is read, about its last news; who was told otherwise is not told."""
    seeing = access.colleagues(ticket).filter(pk__in=[each.pk for each in users])
    kind = Notification.Kind.WATCHED
    notifications.tell(
        News(user=user, kind=kind, ticket=ticket, message=event.message, by_id=event.user_id)
        for user in seeing
    )
