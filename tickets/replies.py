"""The door out: whatever is said to a customer is a message and a delivery, queued in one transaction."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from channels_app.messages import DeliveryReport, Fate, outbound_id
from channels_app.models import Channel
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import customers, deliveries, events, lifecycle, live, recipients, undelivered, uploads
from tickets.events import Actor
from tickets.models import Attachment, Delivery, Draft, Event, Message, Ticket
from tickets.recipients import Recipients

_SURER = [Fate.DELAYED, Fate.DELIVERED, Fate.READ, Fate.FAILED]


class NowhereToSend(Exception):
    """The ticket has no channel, or its customer no address on it: nothing can be sent."""


class Empty(Exception):
    """There is nothing in the message: neither words nor files."""


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
) -> Message:
    """Queue a reply, with the draft's files and those sent ahead; the same `key` again gives the first one.

    Without `to` it goes to the customer. One that goes to others only answers nobody: no clock stops.
    `status` is given to the ticket in the same step. Raises NowhereToSend, Empty, NotAddresses, TooMany and
    Gone.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    channel = _channel(ticket)
    last = _last_of_customer(ticket)
    meant = recipients.read(to or [_customers_address(ticket, channel, last)], cc, bcc)
    answers = answers or last
    aside = not _reaches_customer(ticket, meant, last)
    message = _outgoing(ticket, channel, meant, author=author, body=body, key=key)
    message.purpose = Message.Purpose.ASIDE if aside else Message.Purpose.REPLY
    message.answers = answers
    message.subject = (answers.subject if answers else "") or ticket.subject
    _keep(message, draft, files)
    _queue(message, channel)
    if aside:
        events.record(ticket, Event.Kind.ASIDE_SENT, actor=author, message=message)
    else:
        lifecycle.answered(ticket, body)
        events.record(ticket, Event.Kind.REPLY_SENT, actor=author, message=message)
    if status:
        lifecycle.set_status(ticket, status, actor=author)
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
) -> Message:
    """Queue the message `answers` to anybody, below what the agent says; the draft holds the chosen files.

    It is no reply: neither status nor clock change. What comes back lands on this ticket. The same `key`
    again gives the first message. Raises NowhereToSend, NotAddresses, TooMany and Gone.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    channel = _channel(ticket)
    meant = recipients.read(to, cc, bcc)
    if not meant:
        raise NowhereToSend("a forward needs a recipient")
    message = _outgoing(ticket, channel, meant, author=author, body=body, key=key)
    message.purpose = Message.Purpose.FORWARD
    message.answers = answers
    message.subject = answers.subject or ticket.subject
    _keep(message, draft, files, may_be_empty=True)
    _queue(message, channel)
    events.record(ticket, Event.Kind.ASIDE_SENT, actor=author, message=message)
    return message


@transaction.atomic
def acknowledge(message: Message, *, subject: str, body: str, language: str, key: UUID) -> Message:
    """Queue a receipt to whoever wrote `message`. It answers nothing: no clock stops, no status changes."""
    ticket, channel = message.ticket, message.channel
    if channel is None:
        raise NowhereToSend("the message came through no channel")
    meant = Recipients(to=[message.sender_address])
    receipt = _outgoing(ticket, channel, meant, author=None, body=body, key=key)
    receipt.purpose = Message.Purpose.RECEIPT
    receipt.is_automatic = True
    receipt.answers = message
    receipt.subject = subject
    receipt.language = language
    receipt.save()
    _queue(receipt, channel, urgency=Delivery.Urgency.SOON)
    events.record(ticket, Event.Kind.ACKNOWLEDGED, actor=None, message=receipt)
    return receipt


@transaction.atomic
def add_note(
    ticket: Ticket,
    *,
    author: User,
    body: str,
    key: UUID,
    draft: Draft | None = None,
    files: Sequence[Attachment] = (),
) -> Message:
    """A note that only colleagues see; the same `key` again gives the first note. Raises Empty and Gone."""
    ticket = lifecycle.lock(ticket, follow=True)
    if noted := Message.objects.filter(key=key).first():
        return noted
    note = Message(ticket=ticket, direction=Message.Direction.NOTE, author=author, key=key, text=body)
    _keep(note, draft, files)
    events.record(ticket, Event.Kind.NOTE_ADDED, actor=author, message=note)
    return note


@transaction.atomic
def delivery_failed(delivery: Delivery, reason: str) -> None:
    """Put a failed delivery before the agent, on the ticket and in the list of what was not sent.

    A receipt that does not arrive is no work for anybody: it is given up.
    """
    receipt = delivery.message is not None and delivery.message.purpose == Message.Purpose.RECEIPT
    state = Delivery.State.DROPPED if receipt else Delivery.State.FAILED
    Delivery.objects.filter(pk=delivery.pk).update(state=state, sending_since=None, error=reason)
    if delivery.message and not receipt:
        events.record(
            delivery.message.ticket,
            Event.Kind.DELIVERY_FAILED,
            actor=None,
            message=delivery.message,
            delivery=delivery.pk,
        )


@transaction.atomic
def note_report(report: DeliveryReport) -> Delivery | None:
    """What a mail server or provider tells of a message we sent; None when it is not about ours.

    What is known of a recipient only gets surer: a late warning does not undo a failure.
    """
    delivery = deliveries.find(report)
    if delivery is None:
        return None
    ours = {each.lower(): each for kind in ("to", "cc", "bcc") for each in delivery.recipients.get(kind, [])}
    alone = next(iter(ours.values())) if len(ours) == 1 else ""
    who = ours.get(report.recipient.lower()) or report.recipient or alone
    told = delivery.outcomes.get(who or "*", {})
    if _SURER.index(report.fate) < _SURER.index(told.get("fate", Fate.DELAYED)):
        return delivery
    delivery.outcomes[who or "*"] = {
        "ok": report.fate != Fate.FAILED,
        "permanent": report.fate == Fate.FAILED,
        "fate": report.fate,
        "status": report.status,
        "reason": report.reason[:1000],
        "at": timezone.now().isoformat(),
    }
    delivery.save(update_fields=["outcomes"])
    if report.fate == Fate.FAILED:
        _came_back(delivery, report, ours.get(who.lower(), alone))
    elif delivery.message:
        live.publish(*events.hints(delivery.message.ticket))
    return delivery


def _came_back(delivery: Delivery, report: DeliveryReport, recipient: str) -> None:
    if delivery.state != Delivery.State.FAILED:
        delivery_failed(delivery, report.reason)
    if recipient and delivery.channel and undelivered.is_the_address(report.status, report.reason):
        customers.mail_came_back(delivery.channel.kind, recipient, status=report.status, reason=report.reason)


@transaction.atomic
def recipients_refused(delivery: Delivery, answers: Mapping[str, str]) -> None:
    """A server refused these at once: an address that takes no mail is marked as a bounce marks it."""
    for recipient, answer in answers.items():
        if delivery.channel and undelivered.refuses_the_address(answer):
            status = undelivered.status_in(answer)
            customers.mail_came_back(delivery.channel.kind, recipient, status=status, reason=answer)


@transaction.atomic
def resend(delivery: Delivery, *, actor: Actor) -> None:
    """A person sends a failed or doubtful delivery once more, under the same Message-ID."""
    if _settle_trouble(delivery, Delivery.State.PENDING):
        _tell_retried(delivery, actor, "resend")
        wake("deliveries")


@transaction.atomic
def drop(delivery: Delivery, *, actor: Actor) -> None:
    """A person gives a failed or doubtful delivery up: it leaves the list, the message stays."""
    if _settle_trouble(delivery, Delivery.State.DROPPED):
        _tell_retried(delivery, actor, "drop")


def _settle_trouble(delivery: Delivery, state: Delivery.State) -> bool:
    """Move a troubled delivery on, once: a second click finds nothing to do.

    Who has it keeps that outcome, so that sending again reaches only those who have not.
    """
    troubled = Delivery.objects.troubled().select_for_update().filter(pk=delivery.pk).first()
    if troubled is None:
        return False
    told = troubled.outcomes
    reached = {who: outcome for who, outcome in told.items() if outcome.get("ok", False)}
    everybody_has_it = not set(troubled.everybody) - set(reached)
    again = state == Delivery.State.PENDING
    outcomes = ({} if everybody_has_it else reached) if again else told
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, attempts=0, due_at=timezone.now(), error="", sending_since=None, outcomes=outcomes
    )
    return True


def _tell_retried(delivery: Delivery, actor: Actor, what: str) -> None:
    if delivery.message:
        events.record(
            delivery.message.ticket,
            Event.Kind.DELIVERY_RETRIED,
            actor=actor,
            message=delivery.message,
            delivery=delivery.pk,
            what=what,
        )


def _channel(ticket: Ticket) -> Channel:
    if ticket.channel is None:
        raise NowhereToSend("the ticket has no channel")
    return ticket.channel


def _customers_address(ticket: Ticket, channel: Channel, last: Message | None) -> str:
    """Where the customer wants answers: as they last wrote, else their first address on this channel."""
    if last and (wanted := recipients.reply(last).to):
        return wanted[0]
    identity = ticket.customer.identities.filter(kind=channel.kind).order_by("id").first()
    if identity is None:
        raise NowhereToSend("the customer has no address on this channel")
    return identity.value


def _last_of_customer(ticket: Ticket) -> Message | None:
    theirs = ticket.messages.filter(direction=Message.Direction.IN, customer=ticket.customer_id)
    return theirs.defer("search").order_by("-id").first()


def _reaches_customer(ticket: Ticket, meant: Recipients, last: Message | None) -> bool:
    theirs = set(ticket.customer.identities.values_list("value", flat=True))
    if last:
        theirs |= {last.sender_address, *recipients.reply(last).to}
    return bool({recipients.bare(each) for each in theirs} & set(map(recipients.bare, meant.everybody)))


def _outgoing(
    ticket: Ticket, channel: Channel, meant: Recipients, *, author: User | None, body: str, key: UUID
) -> Message:
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


def _queue(
    message: Message, channel: Channel, *, urgency: Delivery.Urgency = Delivery.Urgency.NOW
) -> Delivery:
    return deliveries.queue(
        Delivery.Kind.MESSAGE,
        lane=channel.pk,
        message=message,
        channel=channel,
        recipients=message.recipients,
        external_id=message.external_id,
        urgency=urgency,
    )


def _keep(
    message: Message,
    draft: Draft | None,
    files: Sequence[Attachment] = (),
    *,
    may_be_empty: bool = False,
) -> None:
    """Save the message with its files and those of its draft, which has served its turn."""
    empty = not message.text.strip() and not files and not (draft and draft.attachments.exists())
    if empty and not may_be_empty:
        raise Empty("nothing was written and no file attached")
    message.save()
    uploads.give(files, message=message)
    if draft:
        draft.attachments.update(message=message, draft=None)
        draft.delete()
