"""A delivery to the bytes of a mail (RFC 5322, MIME), in chunks of whole lines so that files are streamed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime

from channels_app.adapters.email import addresses, letterhead, parts
from channels_app.models import Channel
from helpdesk.accounts.models import Company
from tickets.models import Attachment, Delivery, Message, Ticket

CITED = 30

_REAL_ID = re.compile(r"[!-;=?-~]+")
_MADE_UP = ("digest:", "sha256:")
_ANSWER = re.compile(r"\s*(re|aw|sv|vs|ref|vá|отв)\s*(\[\d+\])?\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """A composed mail: its envelope, about how big it is, and its bytes, read once."""

    sender: str
    recipients: list[str]
    size: int
    chunks: Iterator[bytes]

    @property
    def is_international(self) -> bool:
        """Whether an address needs a server that speaks SMTPUTF8 (RFC 6531)."""
        return not all(address.isascii() for address in (self.sender, *self.recipients))


def letter(delivery: Delivery) -> Letter:
    """The mail of a delivery, the same each time it is composed. Raises NotAnAddress, files.Missing."""
    message, channel = delivery.message, delivery.channel
    if message is None or channel is None:
        raise ValueError("a letter needs a message and a channel")
    to = [addresses.on_wire(address) for address in delivery.recipients.get("to", [])]
    cc = [addresses.on_wire(address) for address in delivery.recipients.get("cc", [])]
    attached = list(message.attachments.order_by("id"))
    head = "\r\n".join(f"{name}: {value}" for name, value in _fields(delivery, message, channel, to, cc))
    return Letter(
        sender=addresses.on_wire(channel.address),
        recipients=list(dict.fromkeys([*to, *cc])),
        size=len(head) + 4 * len(message.text) + sum(one.size * 78 // 57 + 500 for one in attached),
        chunks=_chunks(head, message, delivery.external_id, attached),
    )


def _fields(
    delivery: Delivery, message: Message, channel: Channel, to: list[str], cc: list[str]
) -> Iterator[tuple[str, str]]:
    ticket, ours = message.ticket, addresses.on_wire(channel.address)
    name = _sender_name(message, channel)
    earlier = _earlier(message)
    yield "From", addresses.mailbox(name, ours)
    if channel.config.get("plus_addressing"):
        yield "Reply-To", addresses.mailbox(name, addresses.with_token(ours, ticket.pk))
    if to:
        yield "To", ",\r\n ".join(to)
    if cc:
        yield "Cc", ",\r\n ".join(cc)
    yield "Subject", addresses.words(_subject(message.subject, ticket, bool(earlier)), "Subject")
    yield "Date", format_datetime(message.sent_at or message.created_at)
    yield "Message-ID", f"<{delivery.external_id}>"
    if earlier:
        yield "In-Reply-To", f"<{_answered(earlier)}>"
        yield "References", "\r\n ".join(f"<{message_id}>" for _direction, message_id in earlier)
    yield "MIME-Version", "1.0"


def _sender_name(message: Message, channel: Channel) -> str:
    company = channel.config.get("from_name") or Company.load().name
    return f"{message.author.name} ({company})" if message.author and message.author.name else company


def _subject(subject: str, ticket: Ticket, is_answer: bool) -> str:
    """The ticket's subject with its number, "Re:" before an answer; each of them once."""
    mark = f"[#{ticket.number}]"
    subject = subject if mark in subject else f"{subject} {mark}".strip()
    return f"Re: {subject}" if is_answer and not _ANSWER.match(subject) else subject


def _earlier(message: Message) -> list[tuple[str, str]]:
    """(direction, id) of the latest messages before this one that have an id of their own, in order."""
    spoken = message.ticket.messages.exclude(direction=Message.Direction.NOTE).filter(pk__lt=message.pk)
    latest = spoken.order_by("-pk").values_list("direction", "external_id")[:CITED]
    return [
        pair for pair in reversed(latest) if _REAL_ID.fullmatch(pair[1]) and not pair[1].startswith(_MADE_UP)
    ]


def _answered(earlier: list[tuple[str, str]]) -> str:
    received = [message_id for direction, message_id in earlier if direction == Message.Direction.IN]
    return (received or [earlier[-1][1]])[-1]


def _chunks(head: str, message: Message, seed: str, attached: list[Attachment]) -> Iterator[bytes]:
    shown = [one for one in attached if one.inline and one.content_id]
    others = [one for one in attached if one not in shown]
    signature = message.author.signature if message.author else ""
    page = letterhead.as_html(message.text, signature, language=message.language, ready=message.html)
    renderings = [parts.text(letterhead.as_text(message.text, signature), "plain"), parts.text(page, "html")]
    body = parts.multipart("alternative", seed, renderings)
    if shown:
        body = parts.multipart("related", seed, [body, *map(parts.file, shown)])
    if others:
        body = parts.multipart("mixed", seed, [body, *map(parts.file, others)])
    yield head.encode() + b"\r\n"
    yield from body
