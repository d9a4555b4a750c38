"""A ticket as mails (RFC 5322), packed: what came as it came, what we wrote as a letter of its own."""

import re
import tempfile
import zipfile
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import IO

from channels_app import files
from tickets.inspection import opening
from tickets.models import Attachment, Message, Ticket
from tickets.recipients import bare

MOST_BYTES = 200 * 1024 * 1024
IN_MEMORY = 4 * 1024 * 1024
_PLAIN = re.compile(r"[^\w.-]+")


class TooBig(Exception):
    """All files together are larger than MOST_BYTES."""


def packed(ticket: Ticket, messages: list[Message]) -> IO[bytes]:
    """A ZIP with one .eml for each message, in order. Raises TooBig."""
    if sum(file.size for message in messages for file in message.attachments.all()) > MOST_BYTES:
        raise TooBig
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (whoever asked reads it)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for place, message in enumerate(messages, start=1):
            name = _PLAIN.sub("-", message.subject or ticket.subject).strip("-")[:60]
            pack.writestr(f"{place:04d}-{message.direction}-{name or message.pk}.eml", _mail(ticket, message))
    made.seek(0)
    return made


def _mail(ticket: Ticket, message: Message) -> bytes:
    """The bytes as they came, where the desk has them; else the message as a letter."""
    if message.record and (raw := message.record.raw()):
        return bytes(raw)
    letter = EmailMessage()
    letter["Subject"] = " ".join((message.subject or ticket.subject or "-").split())
    letter["Date"] = format_datetime(message.sent_at or message.created_at)
    letter["From"] = _from(message)
    for field in ("to", "cc", "bcc"):
        if listed := [bare(each) for each in getattr(message, field) if each]:
            letter[field.capitalize()] = ", ".join(listed)
    if message.external_id:
        letter["Message-ID"] = f"<{message.external_id}>"
    letter["X-Ticket"] = str(ticket.number)
    if message.direction == Message.Direction.NOTE:
        letter["X-Note"] = "yes"
    letter.set_content(message.text or " ")
    if message.html:
        letter.add_alternative(message.html, subtype="html")
    for file in message.attachments.all():
        _attach(letter, file)
    return letter.as_bytes()


def _from(message: Message) -> Address:
    """Whose words they are; an address that no mail could name is left out."""
    name = message.sender_name or (str(message.author) if message.author else "")
    address = message.sender_address or (message.channel.address if message.channel else "")
    try:
        return Address(display_name=" ".join(name.split()), addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        return Address(
            display_name=" ".join(f"{name} {address}".split()), username="unknown", domain="invalid"
        )


def _attach(letter: EmailMessage, file: Attachment) -> None:
    """What is held stays at the desk; its name stands in its place."""
    name = " ".join(file.name.split()) or "file"
    try:
        if not opening.is_open(file):
            raise files.Missing(file.sha256)
        with files.open_stored(file.sha256) as stored:
            content = stored.read()
    except files.Missing:
        letter.add_attachment(f"{name}\n", filename=f"{name}.missing.txt")
        return
    main, _slash, sub = (file.content_type or "application/octet-stream").partition("/")
    if main in ("multipart", "message") or not sub:
        main, sub = "application", "octet-stream"
    letter.add_attachment(content, maintype=main, subtype=sub.partition(";")[0].strip(), filename=name)
