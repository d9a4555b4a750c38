"""Replies and forwards that wait for their time: to be undone for some seconds, or scheduled.

Until it is due nothing has happened: there is a row with a time, which its author may take back. What happens
then is in `departing`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import (
    addressing,
    departing,
    enquiries,
    lifecycle,
    markup,
    news,
    notifications,
    promises,
    recipients,
    replies,
    uploads,
)
from tickets.models import Attachment, Draft, Enquiry, Message, Notification, Ticket

log = structlog.get_logger(__name__)

FARTHEST = timedelta(days=366)


class BadTime(ValueError):
    """The time is over, or more than a year away."""


class TooLate(Exception):
    """It went out already, or somebody took it back before."""


@transaction.atomic
def queue(
    ticket: Ticket,
    *,
    author: User,
    mode: str,
    body: str,
    key: UUID,
    due_at: datetime,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    html: str = "",
    answers: Message | None = None,
    channel: Channel | None = None,
    draft: Draft | None = None,
    files: Sequence[Attachment] = (),
    status: str = "",
    seen: int | None = None,
    own: Collection[UUID] | None = None,
    snooze_until: datetime | None = None,
    word: promises.Word = promises.KEEPS,
    enquiry: Enquiry | None = None,
    subject: str = "",
    copied: Sequence[Attachment] = (),
) -> Draft | Message:
    """A reply, forward or words of an enquiry that go out at `due_at`, with the files of `draft`, used up.

    The same `key` again gives the first one: the row, or what was sent by now. Raises what `replies.send`
    does, and BadTime.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if known := sent_as(key):
        return known
    now = timezone.now()
    if not now <= due_at <= now + FARTHEST:
        raise BadTime
    news.check(ticket, seen, reader=author.pk, own=own)
    _insist_on_somebody(ticket, mode, to, cc, bcc, channel)
    if mode != Draft.Mode.FORWARD:
        _insist_on_words(body, draft, files or copied)
    row = draft or Draft(ticket=ticket, author=author, mode=mode)
    row.ticket, row.mode, row.body, row.html, row.key = ticket, Draft.Mode(mode), body, html, key
    row.to, row.cc, row.bcc = list(to), list(cc), list(bcc)
    row.answers, row.channel, row.status = answers or row.answers, channel, status
    row.due_at, row.held, row.snooze_until = due_at, "", snooze_until
    row.enquiry, row.subject = enquiry, subject
    row.promise_due, row.keeps_promise = word.due_at, word.keeps
    row.seen = seen if seen is not None else _newest(ticket)
    row.save()
    uploads.give(files, draft=row)
    Attachment.objects.copy(copied, draft=row)
    departing.told(row)
    return row


def _insist_on_somebody(
    ticket: Ticket,
    mode: str,
    to: Sequence[str],
    cc: Sequence[str],
    bcc: Sequence[str],
    channel: Channel | None,
) -> None:
    """Whom it would go to is known now, and not only when it is due. Raises what `replies.send` does."""
    if mode == Draft.Mode.ASIDE:
        if not enquiries.checked(ticket, to, cc):
            raise replies.NowhereToSend("an enquiry needs a recipient")
    elif mode == Draft.Mode.FORWARD:
        if not recipients.read(to, cc, bcc):
            raise replies.NowhereToSend("a forward needs a recipient")
    else:
        addressing.whom(ticket, to, cc, bcc, channel=channel)


def _insist_on_words(body: str, draft: Draft | None, files: Sequence[Attachment]) -> None:
    if not (body.strip() or files or (draft and draft.attachments.exists())):
        raise replies.Empty("nothing was written and no file attached")


@transaction.atomic
def take_back(draft: Draft, *, actor: User) -> Draft:
    """It is not sent; the text is its author's open draft again, before what they have begun since.

    Raises TooLate when it went out already.
    """
    row = _locked(draft)
    begun = Draft.objects.select_for_update().open()
    begun = begun.filter(ticket=row.ticket_id, author=row.author_id, mode=row.mode, enquiry=row.enquiry_id)
    if later := begun.first():
        if row.html or later.html:
            both = (each.html or markup.lines(each.body) for each in (row, later) if each.body.strip())
            row.html = "<div><br></div>".join(both)
        row.body = "\n\n".join(filter(str.strip, (row.body, later.body)))
        later.attachments.update(draft=row)
        later.delete()
    row.due_at, row.held, row.snooze_until = None, "", None
    row.save()
    log.info("draft.taken_back", draft=row.pk, by=actor.pk)
    notifications.notify([row.author], Notification.Kind.TAKEN_BACK, ticket=row.ticket, by=actor)
    departing.told(row)
    return row


@transaction.atomic
def reschedule(draft: Draft, due_at: datetime, *, actor: User) -> Draft:
    """It goes out at another time; one that was held goes then, whatever came. Raises TooLate, BadTime."""
    row = _locked(draft)
    now = timezone.now()
    if not now <= due_at <= now + FARTHEST:
        raise BadTime
    if row.held:
        row.seen = _newest(row.ticket)
    row.due_at, row.held = due_at, ""
    row.save()
    log.info("draft.rescheduled", draft=row.pk, by=actor.pk)
    departing.told(row)
    return row


@transaction.atomic
def send_now(draft: Draft, *, actor: User) -> Message:
    """Send it at once, whatever came since it was written. Raises TooLate and what `replies.send` does."""
    lifecycle.lock(draft.ticket, follow=True)
    row = _locked(draft)
    row.seen = None
    log.info("draft.sent_now", draft=row.pk, by=actor.pk)
    return departing.hand_over(row)


def sent_as(key: UUID) -> Draft | Message | None:
    """What was handed over under this key: the row that waits, or the message."""
    queued = Draft.objects.queued().filter(key=key).first()
    return queued or Message.objects.filter(key=key).first()


def _locked(draft: Draft) -> Draft:
    queued = Draft.objects.select_for_update(of=("self",)).queued()
    row = (
        queued.select_related("author", "channel", "answers", "ticket", "enquiry").filter(pk=draft.pk).first()
    )
    if row is None:
        raise TooLate
    return row


def _newest(ticket: Ticket) -> int:
    return ticket.messages.order_by("-created_at", "-id").values_list("pk", flat=True).first() or 0
