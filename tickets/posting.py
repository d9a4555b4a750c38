"""A message on its way out: made, kept with its files, and queued for the courier."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from channels_app.messages import outbound_id
from channels_app.models import Channel
from helpdesk.accounts.models import User
from helpdesk.prepared import insert_all
from tickets import deliveries, markup, recipients, uploads
from tickets.models import Attachment, Delivery, Draft, Message, Ticket, WrittenTo
from tickets.recipients import Recipients


class Empty(Exception):
    """There is nothing in the message: neither words nor files."""


def outgoing(
    ticket: Ticket, channel: Channel, meant: Recipients, *, author: User | None, body: str, key: UUID
) -> Message:
    """Words of ours to these people, with the Message-ID they go out under; nothing is saved yet."""
    return Message(
        ticket=ticket,
        direction=Message.Direction.OUT,
        author=author,
        channel=channel,
        key=key,
        external_id=outbound_id(ticket.pk, channel.address.rpartition("@")[2] or "desk"),
        recipients=meant.as_json(),
        text=body,
        language=ticket.language,
        sent_at=timezone.now(),
    )


def queue(
    message: Message,
    *,
    urgency: Delivery.Urgency = Delivery.Urgency.NOW,
    payload: dict[str, Any] | None = None,
) -> None:
    """Give a kept message to the courier; whoever it goes to is no stranger any more."""
    if message.purpose not in Message.AUTOMATIC:
        _remember(message)
    deliveries.queue_messages([message], urgency=urgency, payload=payload)


def queue_all(messages: Sequence[Message], *, urgency: Delivery.Urgency) -> None:
    """Keep new automatic messages and give them to the courier, with one statement for each sort of row."""
    insert_all(messages)
    deliveries.queue_messages(messages, urgency=urgency)


def _remember(message: Message) -> None:
    """Whoever is written to is no stranger the next time; the customer of the ticket never was one."""
    theirs = set(message.ticket.customer.identities.values_list("value", flat=True))
    everybody = (recipients.bare(each) for field in ("to", "cc", "bcc") for each in getattr(message, field))
    WrittenTo.objects.remember(set(everybody) - theirs)


def keep(
    message: Message,
    draft: Draft | None,
    files: Sequence[Attachment] = (),
    *,
    may_be_empty: bool = False,
) -> None:
    """Save the message with its files and those of its draft, which has served its turn.

    Raises Empty, and uploads.Gone.
    """
    empty = not message.text.strip() and not files and not (draft and draft.attachments.exists())
    if empty and not may_be_empty:
        raise Empty("nothing was written and no file attached")
    message.save()
    uploads.give(files, message=message)
    if draft:
        draft.attachments.update(message=message, draft=None)
        draft.delete()
    if message.html:
        _seal(message)


def _seal(message: Message) -> None:
    """The pictures in the text are those of the message alone; pasted ones that were taken out again go."""
    inline = {each.pk: each.content_id for each in message.attachments.filter(inline=True)}
    gone = inline.keys() - markup.pictures_in(message.html)
    message.attachments.filter(pk__in=gone).delete()
    message.html = markup.sealed(message.html, inline)
    message.save(update_fields=["html"])
