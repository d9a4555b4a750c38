"""A raw mail of the journal to the plain message of a person, or to reports."""

import re
from datetime import datetime
from html import escape, unescape
from urllib.parse import unquote

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app import files
from channels_app.adapters.base import Parsed, Unreadable
from channels_app.adapters.email import automatic, contents, html, identity, mime, plaintext, reports
from channels_app.adapters.email.contents import Contents, File
from channels_app.adapters.email.headers import Headers, date
from channels_app.adapters.email.language import language_of
from channels_app.adapters.email.mime import Part
from channels_app.messages import InboundFile, InboundMessage, Kind, Sender
from channels_app.models import InboundRecord

MAX_SUBJECT = 1000
MAX_PERSON = 200
MAX_ADDRESS = 254

_CID = re.compile(r' src="cid:([^"]*)"')


def read(record: InboundRecord) -> Parsed:
    """What a record of an e-mail channel says; raises Unreadable."""
    if record.size > settings.MAIL_MAX_BYTES:
        raise Unreadable(_("It is larger than this desk reads: %(size)d bytes.") % {"size": record.size})
    root = mime.read(record.raw())
    if not root.headers.fields:
        raise Unreadable(_("It has no header lines, so it is no mail."))
    told = reports.reports_in(root)
    return _message(record, root) if told is None else told


def sender_key(raw: bytes) -> str:
    """The address a raw mail says it is from, in lower case, for keeping one sender's mails in order."""
    named = Headers(mime.header_block(raw[: 256 * 1024])).addresses("from")
    return named[0][1].lower()[:MAX_ADDRESS] if named else ""


def _message(record: InboundRecord, root: Part) -> InboundMessage:
    headers, letter = root.headers, contents.of(root)
    path = identity.return_path(headers, record.envelope)
    name, address = identity.sender(headers, path)
    if not address or len(address) > MAX_ADDRESS:
        raise Unreadable(_("It names no sender."))
    digest = identity.digest(headers, letter)
    cited = identity.references(headers)
    page, text, kept = _body(letter)
    language = language_of(text)
    return InboundMessage(
        channel_id=record.channel_id,
        sender=Sender(identity_kind=Kind.EMAIL, identity=address, name=name[:MAX_PERSON], language=language),
        external_id=identity.external_id(headers, digest),
        digest=digest,
        subject=headers.text("subject")[:MAX_SUBJECT],
        text=text,
        html=page,
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        reply_to=_addresses(headers, "reply-to"),
        references=cited,
        token=identity.token(headers, record.envelope.get("rcpt_tos", []), cited),
        sent_at=date(headers.raw("date")),
        received_at=_received_at(record),
        language=language,
        files=kept,
        record_id=record.pk,
        automatic=automatic.is_automatic(headers, null_sender=path == identity.NOBODY),
    )


def _body(letter: Contents) -> tuple[str, str, tuple[InboundFile, ...]]:
    """Cleaned HTML, readable text, and the files in storage, inline those that the HTML shows."""
    if html.is_too_deep(letter.html):
        whole = File(name="message.html", content_type="text/html", content=letter.html.encode())
        words = letter.text or plaintext.stripped(letter.html)
        letter = Contents(words, "", [*letter.files, whole])
    source, embedded = html.part_embedded(letter.html)
    page = _CID.sub(_plain_cid, html.clean(source)) if source else ""
    shown = {unescape(found) for found in _CID.findall(page)}
    kept = tuple(_stored(file, file.content_id in shown) for file in [*letter.files, *embedded])
    return page, letter.text.strip("\n") or plaintext.text_of(page), kept


def _plain_cid(source: re.Match[str]) -> str:
    """A picture's content id spelled as its part spells it, without percent signs (RFC 2392)."""
    return f' src="cid:{escape(unquote(unescape(source[1])))}"'


def _stored(file: File, inline: bool) -> InboundFile:
    return InboundFile(
        sha256=files.store(file.content),
        size=len(file.content),
        name=file.name,
        content_type=file.content_type,
        content_id=file.content_id,
        inline=inline and bool(file.content_id),
    )


def _addresses(headers: Headers, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for _name, address in headers.addresses(name)))


def _received_at(record: InboundRecord) -> datetime | None:
    told = record.envelope.get("received_at")
    return datetime.fromisoformat(told) if told else record.received_at
