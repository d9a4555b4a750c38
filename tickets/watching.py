"""Watching a ticket: whoever watches has a line under the bell for what others do there."""

from collections import defaultdict
from collections.abc import Sequence

from helpdesk.accounts.models import User
from tickets import access, live, notifications
from tickets.models import Event, Notification, Ticket, Watch

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
    known = Notification.objects.filter(ticket=ticket, user__in=users)
    told = set(known.filter(message=event.message_id or 0).values_list("user", flat=True))
    unread = known.unread().filter(kind=Notification.Kind.WATCHED).exclude(user=event.user_id)
    renewed = dict(unread.exclude(user__in=told).values_list("pk", "user"))
    if renewed:
        news = {"created_at": event.at, "by": event.user_id, "message": event.message_id}
        Notification.objects.filter(pk__in=renewed).update(**news)
        live.publish(*(f"bell-{user}" for user in renewed.values()))
    told.update(renewed.values())
    may = access.colleagues(ticket).filter(pk__in=[each.pk for each in users])
    seeing = set(may.values_list("pk", flat=True))
    left = [user for user in users if user.pk in seeing - told]
    kind = Notification.Kind.WATCHED
    notifications.notify(left, kind, ticket=ticket, message=event.message, by=event.user)
