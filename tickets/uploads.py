"""Files that were sent ahead: kept for a day until a message or a draft takes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile

from channels_app import files
from channels_app.messages import InboundFile
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets.inspection import checking
from tickets.models import Attachment, Draft, Message

KEPT = timedelta(days=1)
LARGEST = 25 * 1024 * 1024
MOST = 20


class Gone(Exception):
    """One of the files is not there, or belongs to a message already."""


def keep(uploader: User, *, name: str, content: bytes, content_type: str) -> Attachment:
    """Take in a file that a message is to carry soon, looked into at once; its bytes are safe first."""
    attachment = Attachment.objects.create(
        uploader=uploader,
        sha256=files.store(content),
        name=name[:255],
        content_type=content_type[:127] or "application/octet-stream",
        size=len(content),
        **checking.judged(name, content),
    )
    wake("files")  # the scanner's turn, where there is one
    return attachment


def keep_sent(uploader: User, file: UploadedFile) -> Attachment:
    """The same, as a form or a program sent it."""
    given = file.content_type or ""
    return keep(uploader, name=file.name or "", content=file.read(), content_type=given)


def give(
    uploads: Sequence[Attachment], *, message: Message | None = None, draft: Draft | None = None
) -> None:
    """The files belong to this message or draft from now on, each to one alone. Raises Gone."""
    waiting = Attachment.objects.filter(pk__in=[each.pk for each in uploads], uploader__isnull=False)
    if waiting.update(message=message, draft=draft, uploader=None) != len(uploads):
        raise Gone


def take_in(uploads: Sequence[Attachment]) -> tuple[InboundFile, ...]:
    """The files as an inbound message carries them; their own rows have served their turn. Raises Gone."""
    ids = [each.pk for each in uploads]
    gone, _by_model = Attachment.objects.filter(pk__in=ids, uploader__isnull=False).delete()
    if gone != len(uploads):
        raise Gone
    return tuple(
        InboundFile(sha256=each.sha256, size=each.size, name=each.name, content_type=each.content_type)
        for each in uploads
    )


def sweep(now: datetime) -> int:
    """Forget the files that nothing took within a day; how many."""
    return Attachment.objects.filter(uploader__isnull=False, created_at__lt=now - KEPT).delete()[0]
