"""What a colleague hears of the tickets that are theirs: one was given to them, its customer wrote."""

from collections.abc import Sequence

from tickets import notifications
from tickets.models import Event, Notification
from tickets.notifications import News


def given(happened: Sequence[Event]) -> None:
    """Whose ticket it is now hears of it, unless they took it; whoever had it is told no more about it."""
    before = [(had, event.ticket_id) for event in happened if (had := event.data.get("before"))]
    if before:
        notifications.let_go((user, ticket) for user, ticket in before if ticket)
    notifications.tell(
        News(user=ticket.assignee, kind=Notification.Kind.ASSIGNED, ticket=ticket, by_id=event.user_id)
        for event in happened
        if (ticket := event.ticket) and ticket.assignee and ticket.assignee_id == event.data.get("after")
    )


def wrote(happened: Sequence[Event]) -> None:
    """The customer answered: whose ticket it is hears of it. What a machine of theirs sent is no answer."""
    notifications.tell(
        News(user=ticket.assignee, kind=Notification.Kind.WROTE, ticket=ticket, message=event.message)
        for event in happened
        if (ticket := event.ticket) and ticket.assignee and event.message and not event.message.is_automatic
    )
