"""A delivery to the bytes of a mail (RFC 5322, MIME), in chunks of whole lines so that files are streamed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime

from django.db.models import Q

from channels_app.adapters.email import addresses, letterhead, parts, quotation
from channels_app.adapters.email.quotation import Quotation
from channels_app.adapters.email.words import one_line
from channels_app.models import Channel
from helpdesk.accounts.models import Company
from tickets import brands, deliveries
from tickets.models import Attachment, Delivery, Message, Ticket

CITED = 30

_REAL_ID = re.compile(r"[!-;=?-~]+")
_MADE_UP = ("digest:", "sha256:")
_ANSWER = re.compile(r"\s*(re|aw|sv|vs|ref|vá|odp|отв)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_PASSED_ON = re.compile(r"\s*(fwd?|wg|tr|rv|továbbítás|пересл)\s*:", re.IGNORECASE)
Purpose = Message.Purpose


@dataclass(frozen=True)
class Letter:
    """A composed mail: its envelope, about how big it is, and its bytes, read once."""

    sender: str
    envelope: dict[str, str]
    """Whom it goes to now: the address as it goes over the wire → as the delivery names it."""
    size: int
    chunks: Iterator[bytes]
    key: str = ""
    """The same for the same mail, however often it is handed over."""
    token: str = ""
    """Proof of the delivery, for a provider to repeat in its reports."""
    plain_sender: str = ""
    """For a server that lets us send from the bare address only."""

    @property
    def recipients(self) -> list[str]:
        return list(self.envelope)

    @property
    def is_international(self) -> bool:
        """Whether an address needs a server that speaks SMTPUTF8 (RFC 6531)."""
        return not all(address.isascii() for address in (self.sender, *self.envelope))


def letter(delivery: Delivery) -> Letter:
    """The mail of a delivery to those who do not have it yet, the same each time it is composed.

    Hidden copies stand in the envelope alone. Raises NotAnAddress, files.Missing.
    """
    message, channel = delivery.message, delivery.channel
    if message is None or channel is None:
        raise ValueError("a letter needs a message and a channel")
    company = Company.load()
    quoted = quotation.below(message, company, letterhead.language_of(message, channel, company))
    attached = [*message.attachments.order_by("id"), *quoted.pictures]
    head = "\r\n".join(f"{name}: {value}" for name, value in _fields(delivery, message, channel, company))
    texts = len(message.text) + len(quoted.text) + len(quoted.html)
    return Letter(
        sender=_envelope_sender(channel, delivery.external_id),
        plain_sender=addresses.on_wire(channel.address),
        envelope={addresses.on_wire(address): address for address in delivery.unsettled()},
        size=len(head) + 4 * texts + sum(one.size * 78 // 57 + 500 for one in attached),
        chunks=_chunks(head, _words(delivery, message), message, channel, company, quoted, attached),
        key=delivery.external_id,
        token=deliveries.token(delivery),
    )


def _fields(
    delivery: Delivery, message: Message, channel: Channel, company: Company
) -> Iterator[tuple[str, str]]:
    ticket, ours = message.ticket, addresses.on_wire(channel.address)
    name = _sender_name(message, channel, company)
    earlier = _earlier(message)
    yield "From", addresses.mailbox(name, ours)
    if channel.config.get("plus_addressing"):
        yield "Reply-To", addresses.mailbox(name, addresses.with_token(ours, ticket.pk))
    for field in ("to", "cc"):
        named = [
            addresses.mailbox(message.names.get(address, ""), addresses.on_wire(address))
            for address in delivery.recipients.get(field, [])
        ]
        if named:
            yield field.capitalize(), ",\r\n ".join(named)
    if not (delivery.recipients.get("to") or delivery.recipients.get("cc")):
        yield "To", "undisclosed-recipients:;"  # RFC 5322 3.4, when all copies are hidden
    yield "Subject", addresses.words(_subject(message, channel, is_answer=bool(earlier)), "Subject")
    yield "Date", format_datetime(message.sent_at or message.created_at)
    yield "Message-ID", f"<{delivery.external_id}>"
    if earlier:
        yield "In-Reply-To", f"<{_answered(message, earlier)}>"
        yield "References", "\r\n ".join(f"<{message_id}>" for _direction, message_id in earlier)
    yield from _marks(delivery, message, channel)
    yield "MIME-Version", "1.0"


def _envelope_sender(channel: Channel, message_id: str) -> str:
    """Where notices about this mail go: an address of its own, where the mailbox takes such."""
    ours = addresses.on_wire(channel.address)
    return addresses.bounce_address(ours, message_id) if channel.config.get("plus_addressing") else ours


def _marks(delivery: Delivery, message: Message, channel: Channel) -> Iterator[tuple[str, str]]:
    """What tells machines about this mail: that a machine wrote it, and how to have no more of its kind."""
    if message.is_automatic:
        yield "Auto-Submitted", "auto-replied"  # RFC 3834
        yield "X-Auto-Response-Suppress", "All"  # Exchange's own
        yield "Precedence", "auto_reply"  # older programs know nothing else
        yield "X-Loop", addresses.on_wire(channel.address)
    leave = delivery.payload.get("unsubscribe", "")
    if leave and message.purpose in UNASKED:
        yield "List-Unsubscribe", f"<{one_line(leave)}>"  # RFC 2369
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058


UNASKED = {Purpose.SURVEY}
"""Mail that nobody wrote for: `payload["unsubscribe"]` is the address that ends it. Never a direct reply."""


def _sender_name(message: Message, channel: Channel, company: Company) -> str:
    ours = channel.config.get("from_name") or brands.name(channel.pk, company)
    return f"{message.author.name} ({ours})" if message.author and message.author.name else ours


def _subject(message: Message, channel: Channel, *, is_answer: bool) -> str:
    """The subject as it was written, "Re:" or "Fwd:" before it once, the number if the mailbox wants."""
    ticket: Ticket = message.ticket
    mark = f"[#{ticket.number}]"
    subject = message.subject
    if channel.config.get("subject_number", True) and mark not in subject:
        subject = f"{subject} {mark}".strip()
    if message.purpose == Purpose.FORWARD:
        return subject if _PASSED_ON.match(subject) else f"Fwd: {subject}"
    if message.purpose in (Purpose.RECEIPT, Purpose.SURVEY):
        return subject
    return f"Re: {subject}" if is_answer and not _ANSWER.match(subject) else subject


def _earlier(message: Message) -> list[tuple[str, str]]:
    """(direction, id) of what this mail continues, in order: the first, and the latest (RFC 5322 3.6.4).

    The customer's mail and our replies are one thread, words with others another; a forward begins its own,
    and so does each enquiry.
    """
    if message.purpose == Purpose.FORWARD:
        return []
    spoken = message.ticket.messages.exclude(direction=Message.Direction.NOTE).filter(pk__lt=message.pk)
    spoken = spoken.filter(enquiry=message.enquiry_id)
    with_customer = Q(direction=Message.Direction.OUT, purpose=Purpose.REPLY)
    with_customer |= Q(direction=Message.Direction.IN, customer=message.ticket.customer_id)
    if not message.enquiry_id:
        aside = message.purpose == Purpose.ASIDE
        spoken = spoken.exclude(with_customer) if aside else spoken.filter(with_customer)
    latest = spoken.order_by("-pk").values_list("direction", "external_id")
    chain = list(latest[:CITED])
    if len(chain) == CITED and (first := latest.reverse().first()) and first not in chain:
        chain[-1] = first
    return [
        pair for pair in reversed(chain) if _REAL_ID.fullmatch(pair[1]) and not pair[1].startswith(_MADE_UP)
    ]


def _answered(message: Message, earlier: list[tuple[str, str]]) -> str:
    ids = [message_id for _direction, message_id in earlier]
    if message.answers and message.answers.external_id in ids:
        return message.answers.external_id
    received = [message_id for direction, message_id in earlier if direction == Message.Direction.IN]
    return (received or ids)[-1]


def _words(delivery: Delivery, message: Message) -> str:
    """What the mail says: addresses that are for its reader alone stand where the ticket shows marks."""
    text = message.text
    for mark, address in delivery.payload.get("links", {}).items():
        text = text.replace(mark, one_line(address))
    return text


def _chunks(
    head: str,
    text: str,
    message: Message,
    channel: Channel,
    company: Company,
    quoted: Quotation,
    attached: list[Attachment],
) -> Iterator[bytes]:
    shown = [one for one in attached if one.inline and one.content_id]
    others = [one for one in attached if one not in shown]
    around = letterhead.of(message, channel, company)
    page = letterhead.as_html(text, around, quoted, ready=message.html, title=message.subject)
    renderings = [
        parts.text(letterhead.as_text(text, around, quoted), "plain"),
        parts.text(page, "html"),
    ]
    seed = message.external_id
    body = parts.multipart("alternative", seed, renderings)
    if shown:
        body = parts.multipart("related", seed, [body, *map(parts.file, shown)])
    if others:
        body = parts.multipart("mixed", seed, [body, *map(parts.file, others)])
    yield head.encode() + b"\r\n"
    yield from body
