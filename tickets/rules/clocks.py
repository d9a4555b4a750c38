"""What time can pass since: when it begins on a ticket, and which events begin, move or end it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Event, Ticket

Kind = Event.Kind
_SPOKEN = (Kind.MESSAGE_RECEIVED, Kind.REPLY_SENT, Kind.STATUS_CHANGED)
_BEGUN = (Kind.TICKET_OPENED, Kind.MESSAGE_RECEIVED, Kind.STATUS_CHANGED)
MOVED = (Kind.FOLDER_CHANGED,)


@dataclass(frozen=True, kw_only=True)
class Clock:
    name: str
    label: str | Promise
    kinds: tuple[str, ...]
    """Events that begin it, end it or move it."""
    since: Callable[[Ticket, Event | None], datetime | None]
    """When it began on this ticket; None: it does not run, or the event says nothing of it."""
    column: str = ""
    """The column that says the same; "": the last change of status."""
    is_ahead: bool = False
    """Whether the rule rings so long before it, not after."""

    def due(self, since: datetime, wait: timedelta) -> datetime:
        return since - wait if self.is_ahead else since + wait


def _since_status(ticket: Ticket, event: Event | None) -> datetime | None:
    """Other events say nothing of it, but the one that opens the ticket."""
    if event is None or event.kind == Kind.STATUS_CHANGED:
        return event.at if event else None
    return ticket.created_at if event.kind == Kind.TICKET_OPENED or event.data.get("opens") else None


def _since_waiting(ticket: Ticket, event: Event | None) -> datetime | None:
    return ticket.waiting_since


CLOCKS: dict[str, Clock] = {
    clock.name: clock
    for clock in (
        Clock(name="status", label=_("since it has this status"), kinds=_BEGUN, since=_since_status),
        Clock(
            name="quiet",
            label=_("since the last message"),
            kinds=_SPOKEN,
            since=lambda ticket, event: ticket.last_message_at,
            column="last_message_at",
        ),
        Clock(
            name="waiting",
            label=_("since the customer has waited for an answer"),
            kinds=_SPOKEN,
            since=_since_waiting,
            column="waiting_since",
        ),
        Clock(
            name="opened",
            label=_("since the ticket came in"),
            kinds=_BEGUN,
            since=lambda ticket, event: ticket.created_at,
            column="created_at",
        ),
        Clock(
            name="promise",
            label=_("before a promise falls due"),
            kinds=(
                *(Kind.PROMISE_MADE, Kind.PROMISE_MOVED, Kind.PROMISE_KEPT, Kind.PROMISE_WITHDRAWN),
                Kind.STATUS_CHANGED,
            ),
            since=lambda ticket, event: ticket.promised_until,
            column="promised_until",
            is_ahead=True,
        ),
    )
}
