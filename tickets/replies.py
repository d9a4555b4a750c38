"""The door out: whatever is said to a customer is a message and a delivery, queued in one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import addressing, events, lifecycle, news, posting, promises, recipients, snoozing
from tickets.addressing import NowhereToSend
from tickets.models import Attachment, Draft, Enquiry, Event, Message, Ticket
from tickets.posting import Empty
from tickets.recipients import Recipients

__all__ = [
    "Empty",
    "NowhereToSend",
    "add_note",
    "aside",
    "forward",
    "send",
]


@transaction.atomic
def send(
    ticket: Ticket,
    *,
    author: User | None,
    body: str,
    key: UUID,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    answers: Message | None = None,
    draft: Draft | None = None,
    files: Sequence[Attachment] = (),
    status: str = "",
    html: str = "",
    channel: Channel | None = None,
    seen: int | None = None,
    own: Collection[UUID] | None = None,
    snooze_until: datetime | None = None,
    word: promises.Word = promises.KEEPS,
) -> Message:
    """Queue a reply, with the draft's files and those sent ahead; the same `key` again gives the first one.

    Without `to` it goes to the customer, without `channel` by the ticket's own. One that goes to others only
    answers nobody: no clock stops. `html` is the `body` formatted, and clean. `status` is given to the
    ticket in the same step, and with `snooze_until` it is out of the lists until then; `word` says what
    becomes of promises. `seen` is the newest message its author knows: what came since holds it back, and so
    do other replies of the author's own that are not among `own` (`news.since`).
    Raises NowhereToSend, Empty, NotAddresses, TooMany, Gone and Overtaken.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    news.check(ticket, seen, reader=author.pk if author else None, own=own)
    channel = addressing.way_out(ticket, channel)
    last = addressing.last_of_customer(ticket)
    if answers and answers.enquiry_id:  # nothing of an enquiry is quoted in what the customer gets
        answers = None
    meant = recipients.read(to or [addressing.of_customer(ticket, channel, last)], cc, bcc)
    answers = answers or last
    aside = not addressing.reaches_customer(ticket, meant, last)
    message = posting.outgoing(ticket, channel, meant, author=author, body=body, key=key)
    message.html = html
    message.purpose = Message.Purpose.ASIDE if aside else Message.Purpose.REPLY
    message.answers = answers
    message.subject = (answers.subject if answers else "") or ticket.subject
    posting.keep(message, draft, files)
    posting.queue(message)
    _tell(ticket, message, word)
    if status:
        lifecycle.set_status(ticket, status, actor=author)
    if snooze_until and author and snooze_until > timezone.now():
        snoozing.snooze(ticket, until=snooze_until, actor=author)
    return message


@transaction.atomic
def forward(
    ticket: Ticket,
    *,
    author: User,
    body: str,
    key: UUID,
    answers: Message,
    to: Sequence[str],
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    draft: Draft | None = None,
    files: Sequence[Attachment] = (),
    html: str = "",
    channel: Channel | None = None,
) -> Message:
    """Queue the message `answers` to anybody, below what the agent says; the draft holds the chosen files.

    It is no reply: neither status nor clock change. What comes back lands on this ticket. The same `key`
    again gives the first message. Raises NowhereToSend, NotAddresses, TooMany and Gone.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    channel = addressing.way_out(ticket, channel)
    meant = recipients.read(to, cc, bcc)
    if answers.enquiry_id and addressing.reaches_customer(ticket, meant, addressing.last_of_customer(ticket)):
        raise NowhereToSend("what was said in an enquiry is not passed on to the customer")
    if not meant:
        raise NowhereToSend("a forward needs a recipient")
    message = posting.outgoing(ticket, channel, meant, author=author, body=body, key=key)
    message.html = html
    message.purpose = Message.Purpose.FORWARD
    message.answers = answers
    message.subject = answers.subject or ticket.subject
    posting.keep(message, draft, files, may_be_empty=True)
    posting.queue(message)
    events.record(ticket, Event.Kind.ASIDE_SENT, actor=author, message=message)
    return message


@transaction.atomic
def aside(
    enquiry: Enquiry,
    meant: Recipients,
    *,
    author: User,
    body: str,
    key: UUID,
    channel: Channel | None = None,
    files: Sequence[Attachment] = (),
    copied: Sequence[Attachment] = (),
    html: str = "",
    draft: Draft | None = None,
) -> Message:
    """Queue words of an enquiry to somebody who is not the customer; `copied` are files of other messages.

    `html` is the `body` formatted, and clean; the draft's files go along. It answers nobody on the ticket:
    neither status nor clock change. Raises NowhereToSend, Empty and Gone.
    """
    if not meant:
        raise NowhereToSend("an enquiry needs a recipient")
    last = enquiry.messages.defer("search").order_by("-id").first()
    channel = addressing.way_out(enquiry.ticket, channel or (last.channel if last else None))
    message = posting.outgoing(enquiry.ticket, channel, meant, author=author, body=body, key=key)
    message.enquiry, message.purpose, message.answers = enquiry, Message.Purpose.ASIDE, last
    message.html = html
    message.subject, message.language = enquiry.subject, channel.language
    posting.keep(message, draft, files, may_be_empty=bool(copied))
    Attachment.objects.copy(copied, message=message)
    posting.queue(message)
    return message


@transaction.atomic
def add_note(
    ticket: Ticket,
    *,
    author: User | None,
    body: str,
    key: UUID,
    draft: Draft | None = None,
    files: Sequence[Attachment] = (),
    html: str = "",
) -> Message:
    """A note that only colleagues see; the same `key` again gives the first note. Raises Empty and Gone.

    Without an author the desk itself says it.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if noted := Message.objects.filter(key=key).first():
        return noted
    note = Message(ticket=ticket, direction=Message.Direction.NOTE, author=author, key=key, text=body)
    note.html = html
    posting.keep(note, draft, files)
    if ticket.is_internal:
        lifecycle.noted(ticket, body)
    events.record(ticket, Event.Kind.NOTE_ADDED, actor=author, message=note)
    return note


def _tell(ticket: Ticket, message: Message, word: promises.Word) -> None:
    """That a reply was sent, or words aside: those answer nobody."""
    if message.purpose == Message.Purpose.ASIDE:
        events.record(ticket, Event.Kind.ASIDE_SENT, actor=message.author, message=message)
        return
    lifecycle.answered(ticket, message.text)
    events.record(ticket, Event.Kind.REPLY_SENT, actor=message.author, message=message)
    promises.replied(ticket, message, word)
