"""What is begun and what waits on a ticket: asked for once a page, for the composer and the stream."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup
from tickets.horizon import Viewer
from tickets.models import Draft, Ticket
from tickets.web import times

SOON = timedelta(seconds=90)
"""Below it the page counts down."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A reply or forward that has not gone out yet, as the stream shows it."""

    template: str = field(default="tickets/_waiting.html", init=False)
    pk: int
    key: UUID
    by: str
    mine: bool
    may: bool
    """Whether the reader may take it back, change its time or send it now."""
    mode: str
    to: str
    text: str
    files: int
    status: str
    snoozes: bool
    """Whether the ticket is snoozed once it has gone."""
    due: datetime
    when: str
    counts_down: bool
    held: str
    """Why it was held, "" when it was not."""
    news: bool


def of(ticket: Ticket) -> list[Draft]:
    """All drafts of the ticket, everybody's, with their files; one query, two when there are any."""
    known: Any = ticket
    if not hasattr(ticket, "_writings"):
        known._writings = _on_ticket(ticket.pk)
        if known._writings:
            prefetch_related_objects(known._writings, "attachments")
    return list(known._writings)


_drafts = Draft.objects.select_related("author", "answers", "channel").order_by("due_at", "pk")
_on_ticket = Lookup(
    lambda ticket: _drafts.defer("answers__html", "answers__search").filter(ticket=ticket), int, planned=True
)


def begun(ticket: Ticket, author: User) -> dict[str, Draft]:
    """What this colleague is writing there, by mode; enquiries have pages of their own."""
    mine = (each for each in of(ticket) if each.author_id == author.pk and each.due_at is None)
    return {each.mode: each for each in mine if each.mode != Draft.Mode.ASIDE}


def waiting_replies(ticket: Ticket, author: int) -> list[Draft]:
    """The replies of this colleague that have been handed over and wait for their time."""
    mine = (each for each in of(ticket) if each.author_id == author and each.due_at)
    return [each for each in mine if each.mode == Draft.Mode.REPLY]


def waiting(ticket: Ticket, viewer: Viewer) -> list[Waiting]:
    """What waits for its time on the ticket, the next first."""
    return [line(each, viewer) for each in of(ticket) if each.due_at]


def line(draft: Draft, viewer: Viewer) -> Waiting:
    """One reply that waits."""
    now, due = timezone.now(), draft.due_at or timezone.now()
    mine = draft.author_id == viewer.pk
    leads = isinstance(viewer, User) and (viewer.is_supervisor or viewer.is_admin)
    soon = due - now < SOON and not draft.held
    return Waiting(
        pk=draft.pk,
        key=draft.key,
        by=str(draft.author),
        mine=mine,
        may=mine or leads,
        mode=draft.mode,
        to=", ".join(draft.to),
        text=draft.body,
        files=len(draft.attachments.all()),
        status=draft.get_status_display(),
        snoozes=draft.snooze_until is not None,
        due=due,
        when=f"{timezone.localtime(due):%H:%M:%S}" if soon else times.moment(due, now),
        counts_down=soon,
        held=str(Draft.Held(draft.held).label) if draft.held else "",
        news=draft.held == Draft.Held.NEWS,
    )
