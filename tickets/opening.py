"""Tickets that colleagues and programs open: for a request that came another way, or to write first."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from channels_app.messages import InboundMessage, Sender
from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import availability, editing, events, intake, lifecycle, replies, uploads
from tickets.models import Attachment, Customer, Event, Message, Ticket


@transaction.atomic
def take_down(
    channel: Channel,
    sender: Sender,
    *,
    author: User,
    subject: str,
    body: str,
    key: UUID,
    files: Sequence[Attachment] = (),
    given: Mapping[str, Any] | None = None,
    spoken: bool = False,
) -> Message:
    """A request of this person that reached `author` by telephone, by a shop, or otherwise: a new ticket.

    `given` are further values of the ticket (tickets.editing); the same `key` again gives the first message.
    `spoken`: the author has just talked with them, and gets breath.
    Raises Gone and CannotTake.
    """
    known = Message.objects.filter(external_id=f"taken.{key.hex}").first()
    if known:
        return known
    message = intake.receive(
        InboundMessage(
            channel_id=channel.pk,
            sender=sender,
            external_id=f"taken.{key.hex}",
            digest=hashlib.sha256(f"{subject}\n{body}".encode()).hexdigest(),
            subject=subject,
            text=body,
            language=sender.language,
            to=(channel.address,),
            files=uploads.take_in(files),
            sent_at=timezone.now(),
        )
    )
    editing.change(message.ticket, given or {}, actor=author)
    if spoken:
        availability.breathe(author, after=availability.Talk.CALL, now=timezone.now())
    return message


@transaction.atomic
def write_first(
    channel: Channel,
    customer: Customer,
    *,
    author: User,
    subject: str,
    body: str,
    key: UUID,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    files: Sequence[Attachment] = (),
    given: Mapping[str, Any] | None = None,
) -> Message:
    """Write to a customer who has not asked: a ticket of the channel's team that begins with our message.

    `given` are further values of the ticket (tickets.editing); the same `key` again gives the first message.
    Raises NowhereToSend, Empty, NotAddresses, TooMany, Gone and CannotTake.
    """
    if sent := Message.objects.filter(key=key).first():
        return sent
    ticket = Ticket.objects.create(
        subject=subject[:1000],
        status=Ticket.Status.OPEN,
        customer=customer,
        channel=channel,
        team_id=channel.team_id,
        language=customer.language or channel.language,
        preview=lifecycle.preview(body),
    )
    ticket.refresh_from_db(fields=["number"])
    events.record(ticket, Event.Kind.TICKET_OPENED, actor=author)
    given = dict(given or {})
    status = given.pop("status", "")
    editing.change(ticket, given, actor=author)
    return replies.send(ticket, author=author, body=body, key=key, to=to, cc=cc, files=files, status=status)
