"""A raw mail of the journal to the plain message of a person, or to reports."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app import files
from channels_app.adapters.base import Parsed, Unreadable
from channels_app.adapters.email import (
    authentication,
    authors,
    automatic,
    body,
    charset,
    contents,
    forwarding,
    identity,
    mime,
    reports,
)
from channels_app.adapters.email.automatic import Verdict
from channels_app.adapters.email.body import Body
from channels_app.adapters.email.contents import Contents, File
from channels_app.adapters.email.headers import Headers, date
from channels_app.adapters.email.language import language_of
from channels_app.adapters.email.mime import Part
from channels_app.messages import Authenticity, Forwarded, InboundFile, InboundMessage, Kind, Sender
from channels_app.models import InboundRecord
from tickets.threads import subjects

MAX_SUBJECT = 1000
MOST_STATIONS = 60  # RFC 5321 6.3 asks for 100 at least before a server gives up; ordinary mail passes ten
MAX_PERSON = 200
MAX_ADDRESS = 254
FIRST_YEAR = 1990


def read(record: InboundRecord, raw: bytes | None = None) -> Parsed:
    """What a record of an e-mail channel says, or the `raw` mail that was found in it; raises Unreadable."""
    if too_large := objection_to_size(record.size if raw is None else len(raw)):
        raise Unreadable(too_large)
    root = mime.read(record.raw() if raw is None else raw)
    if not root.headers.fields:
        raise Unreadable(objection(root, ""))
    verdict = automatic.judge(root, path=identity.return_path(root.headers, record.envelope))
    told = reports.reports_in(root, verdict, sent_to=_envelope(record))
    return _message(record, root, verdict) if told is None else told


def objection_to_size(size: int) -> str:
    """Why a mail of so many bytes is not read, "" when it is."""
    if size <= settings.MAIL_MAX_BYTES:
        return ""
    return _("It is larger than this desk reads: %(size)d bytes.") % {"size": size}


def objection(root: Part, sender: str) -> str:
    """Why a mail of this sender cannot become a message, "" when it can."""
    if not root.headers.fields:
        return _("It has no header lines, so it is no mail.")
    stations = len(root.headers.every("received"))
    if stations > MOST_STATIONS:
        return _("It has passed %(count)d mail servers: it goes in circles.") % {"count": stations}
    return "" if sender and len(sender) <= MAX_ADDRESS else _("It names no sender.")


class Named(NamedTuple):
    """What the journal keeps beside a raw mail."""

    sender_key: str
    """The address it says it is from, in lower case, for keeping one sender's mails in order."""
    message_id: str
    """What it is known again by when it was moved (`identity.mark`)."""


def named(raw: bytes) -> Named:
    """Read off the head of a raw mail, whatever state it is in."""
    headers = Headers(mime.header_block(raw[: 256 * 1024]))
    senders = headers.addresses("from")
    sender = senders[0][1].lower()[:MAX_ADDRESS] if senders else ""
    return Named(sender, identity.mark(headers))


def _message(record: InboundRecord, root: Part, verdict: Verdict) -> InboundMessage:
    headers, letter = root.headers, contents.of(root)
    path, config = identity.return_path(headers, record.envelope), record.channel.config
    name, address, via = authors.author(headers, path, config.get("passing_on") or ())
    if refused := objection(root, address):
        raise Unreadable(refused)
    digest = identity.digest(headers, letter)
    letter = contents.shortened(letter)
    subject = headers.text("subject")[:MAX_SUBJECT]
    shown = body.of(letter, subject=subject, sender_name=name)
    language = language_of(shown.visible_text)
    return InboundMessage(
        channel_id=record.channel_id,
        sender=Sender(identity_kind=Kind.EMAIL, identity=address, name=name[:MAX_PERSON], language=language),
        external_id=identity.external_id(headers, digest),
        digest=digest,
        subject=subject,
        text=shown.text,
        html=shown.html,
        folds=shown.folds,
        language=language,
        files=_kept(letter, shown),
        record_id=record.pk,
        automatic=_is_automatic(record, root, verdict),
        bulk=verdict.bulk,
        spam=verdict.kind == automatic.Kind.SPAM,
        authenticity=(found := _authenticity(headers, config, via)),
        via=via,
        mailing_list=_mailing_list(headers, config) if found == Authenticity.FAIL else "",
        forwarded=_forwarded(letter, shown, subject),
        **_head(record, headers),
    )


def _head(record: InboundRecord, headers: Headers) -> dict[str, Any]:
    """To whom a message went, when, and what it answers, as its head and its envelope tell."""
    cited = identity.references(headers)
    envelope = _envelope(record)
    return {
        "to": _addresses(headers, "to"),
        "cc": _addresses(headers, "cc"),
        "reply_to": _addresses(headers, "reply-to"),
        "addressed": tuple(dict.fromkeys([*envelope, *_addresses(headers, *identity.DELIVERY_FIELDS)])),
        "references": cited,
        "conversation": identity.conversation(headers),
        "token": identity.token(headers, envelope, cited),
        "sent_at": _sent_at(headers),
        "received_at": _received_at(record),
    }


def _is_automatic(record: InboundRecord, root: Part, verdict: Verdict) -> bool:
    by_its_marks = verdict.is_machine or verdict.circular
    return by_its_marks or _to_return_address(record, root) or _is_echo(record, root.headers)


def _to_return_address(record: InboundRecord, root: Part) -> bool:
    """Whether it went to the return address of a mail of ours, which only programs write to."""
    return bool(reports.by_address(root, _envelope(record)))


def _is_echo(record: InboundRecord, headers: Headers) -> bool:
    """Whether it is an automatic mail of ours that some program sends back: it still has our mark."""
    marks = {charset.decode(value).strip(" <>").lower() for value in headers.every("x-loop")}
    return bool(marks) and not marks.isdisjoint(record.channel.addresses)


def _kept(letter: Contents, shown: Body) -> tuple[InboundFile, ...]:
    """Every file in storage, inline those that the HTML shows; HTML that is not shown is one of them."""
    found = [*(file for file in letter.files if not file.beside), *shown.embedded]
    if shown.withheld:
        found.append(File(name="message.html", content_type="text/html", content=letter.html.encode()))
    return tuple(
        _stored(file, number, file.content_id in shown.shown) for number, file in enumerate(found, 1)
    )


def _stored(file: File, number: int, inline: bool) -> InboundFile:
    return InboundFile(
        sha256=files.store(file.content),
        size=len(file.content),
        name=contents.shown_name(file, number),
        content_type=file.content_type,
        content_id=file.content_id,
        inline=inline and bool(file.content_id),
    )


def _forwarded(letter: Contents, shown: Body, subject: str) -> Forwarded | None:
    """The mail that this one passes on: attached whole, or copied below a few words."""
    if not subjects.is_forward(subject):
        return None
    attached = forwarding.attached(letter.files)
    if attached is None:
        return forwarding.copied(shown.text, shown.html, subject)
    inner = attached.shown
    return replace(attached.mail, own_words=shown.visible_text.strip(), files=_kept(attached.letter, inner))


def _authenticity(headers: Headers, config: dict[str, Any], via: str) -> Authenticity:
    """What is proved of From says nothing of whoever wrote through it."""
    trusted = authentication.trusted_servers(config)
    found = authentication.verdict(headers, trusted, config.get("forwarders") or ())
    return Authenticity.NONE if via and found == Authenticity.PASS else found


def _mailing_list(headers: Headers, config: dict[str, Any]) -> str:
    return authentication.through_list(headers, authentication.trusted_servers(config))


def _envelope(record: InboundRecord) -> list[str]:
    return [str(one) for one in record.envelope.get("rcpt_tos", [])]


def _addresses(headers: Headers, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for _name, address in headers.addresses(*names)))


def _sent_at(headers: Headers) -> datetime | None:
    """When it says it was sent; a clock that was never set says 1970 or 1980."""
    moment = date(headers.raw("date"))
    return moment if moment and moment.year >= FIRST_YEAR else None


def _received_at(record: InboundRecord) -> datetime | None:
    told = record.envelope.get("received_at")
    return datetime.fromisoformat(told) if told else record.received_at
