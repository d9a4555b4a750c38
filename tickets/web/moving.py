"""What stands in the history of tickets that were joined, split, or asked about."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from tickets.models import Event
from tickets.web.actors import filled as _fill
from tickets.web.names import Names

ICONS = {
    Event.Kind.DOUBT_RAISED: "merge",
    Event.Kind.KEPT_APART: "check",
    Event.Kind.DOUBT_REOPENED: "undo",
    Event.Kind.TICKET_JOINED: "merge",
    Event.Kind.JOIN_UNDONE: "undo",
    Event.Kind.MESSAGE_SPLIT: "external",
    Event.Kind.SPLIT_UNDONE: "undo",
}
WHISPERED = [
    Event.Kind.KEPT_APART,
    Event.Kind.TICKET_JOINED,
    Event.Kind.JOIN_UNDONE,
    Event.Kind.MESSAGE_SPLIT,
    Event.Kind.SPLIT_UNDONE,
]


def _other(event: Event) -> dict[str, int]:
    return {"number": event.data.get("other", 0)}


def _doubt(event: Event, names: Names) -> str:
    told = {
        Event.Kind.DOUBT_RAISED: _("It is asked whether this belongs together with #%(number)d"),
        Event.Kind.KEPT_APART: _("Kept apart from #%(number)d by %(who)s"),
        Event.Kind.DOUBT_REOPENED: _("Whether it belongs to #%(number)d was opened again by %(who)s"),
    }[Event.Kind(event.kind)]
    return _fill(told, event, **_other(event))


def _moved(event: Event, names: Names) -> str:
    """The same move, told from the side of the ticket it is on."""
    here = event.data.get("side") == "target"
    told = {
        (Event.Kind.TICKET_JOINED, True): _("#%(number)d was joined into this by %(who)s"),
        (Event.Kind.TICKET_JOINED, False): _("Joined into #%(number)d by %(who)s"),
        (Event.Kind.JOIN_UNDONE, True): _("#%(number)d was taken out again by %(who)s"),
        (Event.Kind.JOIN_UNDONE, False): _("Taken out of #%(number)d again by %(who)s"),
        (Event.Kind.MESSAGE_SPLIT, True): _("Split off from #%(number)d by %(who)s"),
        (Event.Kind.MESSAGE_SPLIT, False): _("A message became #%(number)d by %(who)s"),
        (Event.Kind.SPLIT_UNDONE, True): _("Its message was put back to #%(number)d by %(who)s"),
        (Event.Kind.SPLIT_UNDONE, False): _("The message of #%(number)d was put back by %(who)s"),
    }[Event.Kind(event.kind), here]
    return _fill(told, event, **_other(event))


TELLERS: dict[str, Callable[[Event, Names], str]] = {
    Event.Kind.DOUBT_RAISED: _doubt,
    Event.Kind.KEPT_APART: _doubt,
    Event.Kind.DOUBT_REOPENED: _doubt,
    Event.Kind.TICKET_JOINED: _moved,
    Event.Kind.JOIN_UNDONE: _moved,
    Event.Kind.MESSAGE_SPLIT: _moved,
    Event.Kind.SPLIT_UNDONE: _moved,
}
