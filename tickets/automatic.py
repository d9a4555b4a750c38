"""What the desk says to customers by itself: receipts, answers of rules, how it went. No clock stops."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tickets import addressing, events, lifecycle, posting, recipients
from tickets.addressing import NowhereToSend
from tickets.models import Delivery, Event, Message, Ticket
from tickets.recipients import Recipients


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What whoever wrote `answers` is told by return."""

    answers: Message
    subject: str
    body: str
    language: str
    key: UUID


@transaction.atomic(savepoint=False)
def acknowledge(receipts: Sequence[Receipt]) -> list[Message]:
    """Queue receipts, all by the same few statements. They answer nothing: no clock stops, no status changes.

    Raises NowhereToSend for a message that came through no channel.
    """
    said = [_said(each) for each in receipts]
    posting.queue_all(said, urgency=Delivery.Urgency.SOON)
    with events.together():
        for message in said:
            events.record(message.ticket, Event.Kind.ACKNOWLEDGED, actor=None, message=message)
    return said


@transaction.atomic
def answer(ticket: Ticket, *, body: str, language: str, key: UUID) -> Message:
    """Queue words of the desk itself to the customer, marked as a machine's (RFC 3834).

    They answer nobody: no clock stops, no status changes. The same `key` again gives the first message.
    Raises NowhereToSend and Empty.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    channel = addressing.way_out(ticket, None)
    last = addressing.last_of_customer(ticket)
    meant = recipients.read([addressing.of_customer(ticket, channel, last)], (), ())
    message = posting.outgoing(ticket, channel, meant, author=None, body=body, key=key)
    message.purpose, message.is_automatic, message.language = Message.Purpose.RULE, True, language
    message.answers = last
    message.subject = (last.subject if last else "") or ticket.subject
    posting.keep(message, None)
    posting.queue(message, urgency=Delivery.Urgency.SOON)
    events.record(ticket, Event.Kind.AUTO_REPLIED, actor=None, message=message)
    return message


@transaction.atomic
def ask_how_it_went(
    ticket: Ticket,
    address: str,
    *,
    subject: str,
    body: str,
    language: str,
    links: dict[str, str],
    key: UUID,
) -> Message:
    """Queue the question how a request was handled, marked as a machine's. It answers nothing.

    `links` are addresses by the marks that stand for them in `body`: they are in the mail alone, and the one
    that ends such mail is the last. The same `key` again gives the first. Raises NowhereToSend.
    """
    if sent := Message.objects.filter(key=key).first():
        return sent
    channel = addressing.way_out(ticket, None)
    message = posting.outgoing(ticket, channel, Recipients(to=[address]), author=None, body=body, key=key)
    message.purpose, message.is_automatic = Message.Purpose.SURVEY, True
    message.subject, message.language = subject, language
    message.save()
    payload = {"links": links, "unsubscribe": list(links.values())[-1]}
    posting.queue(message, urgency=Delivery.Urgency.BULK, payload=payload)
    events.record(ticket, Event.Kind.RATING_ASKED, actor=None, message=message)
    return message


def _said(receipt: Receipt) -> Message:
    answers = receipt.answers
    if answers.channel is None:
        raise NowhereToSend("the message came through no channel")
    meant = Recipients(to=[answers.sender_address])
    message = posting.outgoing(
        answers.ticket, answers.channel, meant, author=None, body=receipt.body, key=receipt.key
    )
    message.purpose, message.is_automatic, message.answers = Message.Purpose.RECEIPT, True, answers
    message.subject, message.language = receipt.subject, receipt.language
    return message
