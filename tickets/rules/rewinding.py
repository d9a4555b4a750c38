"""Tickets as they were: their events tell what each change took away. Nothing is written."""

import copy
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tickets.models import Event, Ticket

Kind = Event.Kind
AT_ONCE = timedelta(minutes=10)
"""What the desk itself changes so soon is part of the ticket's coming in, and known when rules are asked."""


def _put(field: str) -> Callable[[Ticket, Any], None]:
    return lambda ticket, value: setattr(ticket, field, value)


_BACK: Mapping[str, Callable[[Ticket, Any], None]] = {
    Kind.STATUS_CHANGED: _put("status"),
    Kind.PRIORITY_CHANGED: _put("priority"),
    Kind.KIND_CHANGED: _put("kind"),
    Kind.TEAM_CHANGED: _put("team_id"),
    Kind.ASSIGNED: _put("assignee_id"),
    Kind.TAGS_CHANGED: _put("tags"),
    Kind.FOLDER_CHANGED: _put("folder"),
    Kind.LANGUAGE_CHANGED: _put("language"),
}
CHANGES = tuple(_BACK)


def changes(tickets: Iterable[int], since: datetime) -> dict[int, list[Event]]:
    """Ticket → what changed on it since then, the newest first; one query."""
    found: dict[int, list[Event]] = defaultdict(list)
    rows = Event.objects.filter(ticket__in=list(tickets), kind__in=CHANGES, at__gte=since).order_by("-id")
    for event in rows:
        found[event.ticket_id or 0].append(event)
    return found


def as_it_was(ticket: Ticket, later: Sequence[Event], at: datetime, event: Event | None) -> Ticket:
    """The ticket at that time, or just after the event; `later` are its changes, the newest first.

    Custom fields, the customer and what is asked of messages are as they are now.
    """
    then = copy.copy(ticket)
    for change in later:
        is_later = change.pk > event.pk if event else change.at > at
        if is_later and not _is_part_of(change, event) and "before" in change.data:
            _BACK[change.kind](then, change.data["before"])
    _put_times_back(then, at, event)
    return then


def _is_part_of(change: Event, event: Event | None) -> bool:
    """Whether the desk judged a new ticket so, by itself and at once."""
    if event is None or change.user_id or change.customer_id or "by_rule" in change.data:
        return False
    return change.kind != Kind.STATUS_CHANGED and change.at - event.at < AT_ONCE


def _put_times_back(then: Ticket, at: datetime, event: Event | None) -> None:
    if then.first_replied_at and then.first_replied_at > at:
        then.first_replied_at = None
    if event and event.kind == Kind.MESSAGE_RECEIVED:
        then.last_message_at = at
        then.waiting_since = then.waiting_since if then.waiting_since and then.waiting_since < at else at
    else:
        then.last_message_at = min(then.last_message_at, at)
