"""Spam and deleted tickets: put away, brought back, and erased when their time is over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from helpdesk.accounts.models import Company
from tickets import events, lifecycle
from tickets.events import Actor
from tickets.models import Event, Ticket

ERASED_AT_ONCE = 100


def mark_spam(ticket: Ticket, *, actor: Actor) -> Ticket:
    """Out of the lists as spam, from where it can be restored."""
    return _put(ticket, Ticket.Folder.SPAM, actor)


def delete(ticket: Ticket, *, actor: Actor) -> Ticket:
    """Into the bin, from which it can be restored until it is emptied."""
    return _put(ticket, Ticket.Folder.BIN, actor)


def restore(ticket: Ticket, *, actor: Actor) -> Ticket:
    """Back to the desk, with the status it had."""
    return _put(ticket, Ticket.Folder.DESK, actor)


def empty(now: datetime) -> int:
    """Erase tickets that have been spam or deleted for longer than the company keeps them; how many."""
    border = now - timedelta(days=Company.load().bin_days)
    erased = 0
    while found := list(_over(border).order_by("folder_since").values_list("pk", flat=True)[:ERASED_AT_ONCE]):
        erased += sum(_erase(pk, border) for pk in found)
    return erased


def _over(border: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.filter(folder__in=Ticket.PUT_AWAY, folder_since__lt=border)


@transaction.atomic
def _erase(pk: int, border: datetime) -> bool:
    """Asked again under lock: the customer may have written, or a colleague restored it, a moment ago."""
    ticket = _over(border).select_for_update(of=("self",)).filter(pk=pk).first()
    if ticket is not None:
        ticket.delete()
    return ticket is not None


@transaction.atomic
def _put(ticket: Ticket, folder: Ticket.Folder, actor: Actor) -> Ticket:
    ticket = lifecycle.lock(ticket)
    before = ticket.folder
    if before == folder or before == Ticket.Folder.MERGED:
        return ticket
    ticket.folder = folder
    ticket.folder_since = None if folder == Ticket.Folder.DESK else timezone.now()
    ticket.save(update_fields=["folder", "folder_since"])
    events.record(ticket, Event.Kind.FOLDER_CHANGED, actor=actor, before=before, after=folder)
    return ticket
