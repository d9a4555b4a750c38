"""What is being written, kept as one types."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from channels_app import files as stored
from channels_app.models import Channel
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import uploads
from tickets.inspection import checking
from tickets.models import Attachment, Draft, Enquiry, Message, Ticket
from tickets.recipients import Recipients


@transaction.atomic
def save(
    ticket: Ticket,
    *,
    author: User,
    mode: str,
    body: str,
    to: Sequence[str] | None = None,
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    files: Sequence[Attachment] = (),
    seen: int | None = None,
    html: str = "",
    channel: Channel | None = None,
    enquiry: Enquiry | None = None,
    subject: str = "",
) -> Draft:
    """Keep what the agent has written so far; one draft per ticket, author, mode and enquiry.

    It takes `files` sent ahead besides those it has. Raises Gone.

    Recipients are kept as typed, right or wrong; without `to` those of the draft stay.
    """
    given: dict[str, Any] = {"body": body, "html": html, "channel": channel, "cc": list(cc), "bcc": list(bcc)}
    given["subject"] = subject
    if to is not None:
        given["to"] = list(to)
    if seen is not None:
        given["seen"] = seen
    draft, _created = Draft.objects.update_or_create(
        ticket=ticket, author=author, mode=mode, enquiry=enquiry, due_at=None, defaults=given
    )
    if files:
        uploads.give(files, draft=draft)
    return draft


@transaction.atomic
def begin(ticket: Ticket, *, author: User, mode: str, answers: Message, meant: Recipients) -> Draft:
    """Begin to answer or forward this message; what was written before stays, its recipients do not.

    A forward begins with all files of its message. Begun again for the same message, the choice among them
    stays as it was; for another, the files of the former go and those added by hand stay.
    """
    draft, _created = Draft.objects.select_for_update(of=("self",)).get_or_create(
        ticket=ticket, author=author, mode=mode, due_at=None
    )
    if mode == Draft.Mode.FORWARD and draft.answers_id != answers.pk:
        if draft.answers_id:
            former = Attachment.objects.filter(message=draft.answers_id).values("sha256")
            draft.attachments.filter(sha256__in=former).delete()
        _take_along(draft, answers)
    draft.answers = answers
    if meant or mode == Draft.Mode.REPLY:
        draft.to, draft.cc, draft.bcc = (meant.written(field) for field in ("to", "cc", "bcc"))
    draft.save()
    return draft


def _take_along(draft: Draft, message: Message) -> None:
    """The message's files on the draft as rows of their own; pictures in its text go with the text.

    One that is held stays held.
    """
    Attachment.objects.copy(message.attachments.shown(), draft=draft)


def attach(
    draft: Draft, *, name: str, content: bytes, content_type: str, in_text: bool = False
) -> Attachment:
    """Add a file to the draft, looked into at once; the bytes are durable before the row is.

    A picture that stands `in_text` has a content id by which the letter will show it (RFC 2392).
    """
    attachment = Attachment.objects.create(
        draft=draft,
        sha256=stored.store(content),
        name=name[:255],
        content_type=content_type[:127] or "application/octet-stream",
        size=len(content),
        inline=in_text,
        content_id=f"{uuid.uuid4().hex}@desk" if in_text else "",
        **checking.judged(name, content),
    )
    wake("files")  # the scanner's turn, where there is one
    return attachment


def detach(attachment: Attachment) -> None:
    """Take a file off its draft, or away before anything took it; files of messages stay."""
    Attachment.objects.filter(pk=attachment.pk, message=None).delete()


@transaction.atomic
def discard(draft: Draft) -> None:
    """Throw away what was begun, its files included."""
    Draft.objects.filter(pk=draft.pk).delete()
