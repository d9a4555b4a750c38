"""What happened to a ticket, as whispered lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from helpdesk.prepared import Lookup
from tickets.horizon import Viewer
from tickets.models import Event, Ticket
from tickets.web import belonging, history, ruled, times
from tickets.web.actors import with_addresses
from tickets.web.names import Names

MOST = 300


@dataclass(frozen=True, kw_only=True)
class Whisper:
    """An event as a line between the letters."""

    pk: int
    at: datetime
    when: str
    icon: str
    sentence: str
    loud: bool
    words: str = ""
    """What a receipt said."""
    undo: str = ""
    """The address that undoes it, "" when that is not possible any more, or never was."""
    pick: int | None = None
    more: str = ""
    """The address that tells more of it, and takes it back where that is possible."""


def on_page(ticket: Ticket, viewer: Viewer, now: datetime, *, since: datetime | None) -> list[Whisper]:
    """What the page of a ticket tells between the letters, what can be undone with its address."""
    happened, names = list(_events(ticket, since)), Names()
    undoings = belonging.undoings(happened, ticket, viewer)
    return [_whisper(event, names, now, undoings.get(event.pk)) for event in happened]


def whole_history(ticket: Ticket) -> list[Whisper]:
    """Everything that happened, the newest first, at most `MOST` lines."""
    found = with_addresses(ticket.events.select_related("user", "customer"))
    return of(found.order_by("-id")[:MOST])


def of(events: Iterable[Event]) -> list[Whisper]:
    """Events as lines, in the order given."""
    now, names = timezone.now(), Names()
    return [_whisper(event, names, now) for event in events]


def _whisper(event: Event, names: Names, now: datetime, undo: tuple[str, int] | None = None) -> Whisper:
    return Whisper(
        pk=event.pk,
        at=event.at,
        when=times.moment(event.at, now),
        icon=history.ICONS.get(event.kind, "info"),  # type: ignore[call-overload]
        sentence=history.sentence(event, names),
        loud=event.kind == Event.Kind.DELIVERY_FAILED,
        words=event.message.text if event.kind == Event.Kind.ACKNOWLEDGED and event.message else "",
        undo=undo[0] if undo else "",
        pick=undo[1] if undo else None,
        more=ruled.more(event),
    )


def _events(ticket: Ticket, since: datetime | None) -> Iterable[Event]:
    if since is None:
        return reversed(_newest_events(ticket.pk))
    return reversed(_happened(ticket.pk).filter(at__gte=since)[:MOST])


def _happened(ticket: int) -> QuerySet[Event]:
    found = Event.objects.filter(ticket=ticket, kind__in=history.WHISPERED)
    return with_addresses(found.select_related("user", "customer")).order_by("-id")


_newest_events = Lookup(lambda ticket: _happened(ticket)[:MOST], int, planned=True)
