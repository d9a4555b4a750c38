"""What is being written, kept as one types."""

from collections.abc import Sequence

from django.db import transaction

from channels_app import files
from helpdesk.accounts.models import User
from tickets.models import Attachment, Draft, Ticket


def save(ticket: Ticket, *, author: User, mode: str, body: str, cc: Sequence[str] = ()) -> Draft:
    """Keep what the agent has written so far; one draft per ticket, author and mode."""
    draft, _created = Draft.objects.update_or_create(
        ticket=ticket, author=author, mode=mode, defaults={"body": body, "cc": list(cc)}
    )
    return draft


def attach(draft: Draft, *, name: str, content: bytes, content_type: str) -> Attachment:
    """Add a file to the draft; the bytes are durable before the row is."""
    return Attachment.objects.create(
        draft=draft,
        sha256=files.store(content),
        name=name[:255],
        content_type=content_type[:127] or "application/octet-stream",
        size=len(content),
    )


def detach(attachment: Attachment) -> None:
    """Take a file off its draft; files of messages stay."""
    Attachment.objects.filter(pk=attachment.pk, draft__isnull=False).delete()


@transaction.atomic
def discard(draft: Draft) -> None:
    """Throw away what was begun, its files included."""
    Draft.objects.filter(pk=draft.pk).delete()
