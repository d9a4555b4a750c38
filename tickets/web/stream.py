"""The stream of a ticket: messages as letters, events as whispered lines, the middle folded when long."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Subquery
from django.utils import timezone

from helpdesk.prepared import Lookup
from tickets.horizon import Viewer
from tickets.models import Message, Ticket
from tickets.web import belonging, letters, whispers, writings
from tickets.web.letters import Letter
from tickets.web.whispers import Whisper

FOLD_ABOVE = 20
FIRST, LAST = 1, 19  # shown of a folded stream: how it began, and where it stands


@dataclass(frozen=True, kw_only=True)
class Fold:
    """The messages that are folded away, at the time of the last one before them."""

    at: datetime
    count: int


Item = Letter | Whisper | Fold | belonging.Line | writings.Waiting


def stream(ticket: Ticket, viewer: Viewer, *, whole: bool = False) -> list[Item]:
    """Everything on the ticket in order; above 20 messages the middle is folded unless `whole`."""
    now = timezone.now()
    messages, folded = _messages(ticket, whole)
    said = letters.of(ticket, messages, now)
    since = said[FIRST].at if folded else None
    happened = whispers.on_page(ticket, viewer, now, since=since)
    fold = [Fold(at=said[FIRST].at, count=folded)] if folded else []
    head, rest = said[: FIRST if folded else 0], said[FIRST if folded else 0 :]
    told: list[Letter | Whisper | belonging.Line] = [*rest, *happened, *belonging.lines(ticket, viewer)]
    return [*head, *fold, *sorted(told, key=lambda item: item.at), *writings.waiting(ticket, viewer)]


def _messages(ticket: Ticket, whole: bool) -> tuple[list[Message], int]:
    """The messages to show, and how many are folded away behind the first."""
    if whole:
        return list(_said(ticket.pk)), 0
    shown = _newest(ticket.pk)[::-1]
    if len(shown) <= FOLD_ABOVE:
        return shown, 0
    beginning = list(_said(ticket.pk).annotate(total=_total(ticket.pk))[:FIRST])
    return [*beginning, *shown[-LAST:]], beginning[0].total - FIRST - LAST


def _said(ticket: int) -> QuerySet[Message]:
    found = Message.objects.filter(ticket=ticket).exclude(purpose=Message.Purpose.RECEIPT)
    found = found.select_related("author", "customer").order_by("created_at", "id")
    return found.defer("search", "digest")  # the search document is as long as the message


def _total(ticket: int) -> Subquery:
    """How many messages there are, asked with the first of them."""
    return Subquery(
        _said(ticket).select_related(None).order_by().values("ticket").annotate(n=Count("pk")).values("n")
    )


_newest = Lookup(lambda ticket: _said(ticket).reverse()[: FOLD_ABOVE + 1], int, planned=True)
