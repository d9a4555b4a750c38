"""What waited for its time becomes a message: a reply, a forward, or words of an enquiry.

A worker sends what is due through `replies`, each in one transaction with the end of its row: exactly once.
"""

import math
import time
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from helpdesk.wake import begin_drain, wake
from tickets import (
    enquiries,
    horizon,
    lifecycle,
    live,
    news,
    notifications,
    promises,
    recipients,
    replies,
)
from tickets.models import Draft, Message, Notification

log = structlog.get_logger(__name__)

BATCH = 50
REFUSED = (replies.NowhereToSend, replies.Empty, enquiries.ToTheCustomer)


def drain(*, until: float = math.inf) -> int:
    """Send what is due until nothing is, or the monotonic clock says `until`; how many were seen to."""
    begin_drain("drafts")
    seen: set[int] = set()
    while time.monotonic() < until and (due := _due(seen)):
        seen.update(due)
        for pk in due:
            _see_to(pk)
    return len(seen)


def _due(seen: set[int]) -> list[int]:
    found = Draft.objects.due(timezone.now()).exclude(pk__in=seen).order_by("due_at", "pk")
    return list(found.values_list("pk", flat=True)[:BATCH])


def _see_to(pk: int) -> None:
    """Send one, or hold it and say why: what fails once would fail every two seconds."""
    try:
        _send(pk)
    except news.Overtaken:
        _hold(pk, Draft.Held.NEWS)
    except (*REFUSED, recipients.TooMany, recipients.NotAddresses):
        _hold(pk, Draft.Held.NOWHERE)
    except Exception:
        log.exception("draft.trouble", draft=pk)
        _hold(pk, Draft.Held.TROUBLE)


@transaction.atomic
def _send(pk: int) -> None:
    """The ticket is locked before the draft, as everywhere; who has the draft already is left to it."""
    found = Draft.objects.filter(pk=pk).select_related("ticket").first()
    if found is None:
        return
    ticket = lifecycle.lock(found.ticket, follow=True)
    due = Draft.objects.due(timezone.now()).select_for_update(skip_locked=True, of=("self",))
    row = due.select_related("author", "channel", "answers", "ticket", "enquiry").filter(pk=pk).first()
    if row is None:
        return
    if horizon.sees(row.author, ticket):
        hand_over(row)
    else:
        _hold(pk, Draft.Held.AUTHOR)


def hand_over(row: Draft) -> Message:
    """Send what waited, in whatever way it was meant; its row is used up. Raises what the verb does."""
    said: dict[str, Any] = {"author": row.author, "body": row.body, "html": row.html, "key": row.key}
    said |= {"to": row.to, "cc": row.cc, "draft": row}
    if row.mode == Draft.Mode.ASIDE:
        return _ask(row, said)
    said |= {"bcc": row.bcc, "channel": row.channel}
    if row.mode == Draft.Mode.FORWARD:
        if row.answers is None:
            raise replies.NowhereToSend("the message to pass on is gone")
        return replies.forward(row.ticket, answers=row.answers, **said)
    return replies.send(
        row.ticket,
        answers=row.answers,
        status=row.status,
        seen=row.seen,
        snooze_until=row.snooze_until,
        word=promises.Word(row.promise_due, row.keeps_promise),
        **said,
    )


def _ask(row: Draft, said: dict[str, Any]) -> Message:
    """The words of an enquiry: its first ones, or the next."""
    if row.enquiry:
        return enquiries.write(row.enquiry, **said)
    subject = row.subject or row.ticket.subject
    return enquiries.ask(row.ticket, subject=subject, channel=row.channel, **said)


@transaction.atomic
def _hold(pk: int, why: Draft.Held) -> None:
    """It stays where it is, in sight, until its author decides."""
    found = Draft.objects.select_for_update(of=("self",)).queued().select_related("author", "ticket")
    row = found.filter(pk=pk, held="").first()
    if row:
        row.held = why
        row.save(update_fields=["held"])
        notifications.notify([row.author], Notification.Kind.HELD, ticket=row.ticket)
        told(row)


def told(row: Draft) -> None:
    """Pages that show the ticket draw what waits; what is due already wants a worker."""
    live.publish(f"ticket-{row.ticket_id}")
    if row.due_at and row.due_at <= timezone.now():
        wake("drafts")
