"""A composed letter taken apart again, as providers want it: fields, texts and files instead of bytes."""

import email
import email.policy
from collections.abc import Iterator
from email.encoders import encode_base64
from email.headerregistry import Address
from email.message import EmailMessage as Parsed
from email.mime.base import MIMEBase
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives

from channels_app.adapters.email.compose import Letter

# Fields that have a place of their own, or that the provider writes itself.
_PLACED = {"from", "to", "cc", "reply-to", "subject", "date", "mime-version"}


def restated(letter: Letter, *, keeps_id: bool) -> EmailMultiAlternatives:
    """The same mail to those in the letter's envelope. Raises files.Missing.

    Where the provider replaces the Message-ID, ours goes last among the References, so that answers cite it.
    """
    parsed = cast(Parsed, email.message_from_bytes(b"".join(letter.chunks), policy=email.policy.default))
    meant = set(letter.envelope)
    seen = {
        name: [one for one in _addresses(parsed, name) if one.addr_spec in meant] for name in ("to", "cc")
    }
    shown = {one.addr_spec for people in seen.values() for one in people}
    plain, page = (parsed.get_body((kind,)) for kind in ("plain", "html"))
    mail = EmailMultiAlternatives(
        subject=str(parsed["subject"] or ""),
        body=_content(plain),
        from_email=str(parsed["from"]),
        to=[str(one) for one in seen["to"]],
        cc=[str(one) for one in seen["cc"]],
        bcc=[address for address in letter.envelope if address not in shown],
        reply_to=[str(one) for one in _addresses(parsed, "reply-to")],
        headers=_headers(parsed, keeps_id=keeps_id),
    )
    if page is not None:
        mail.attach_alternative(_content(page), "text/html")
    for part in _files(parsed):
        mail.attach(part)
    return mail


def _headers(parsed: Parsed, *, keeps_id: bool) -> dict[str, str]:
    kept = {
        name: " ".join(str(value).split())
        for name, value in parsed.items()
        if name.lower() not in _PLACED and not name.lower().startswith("content-")
    }
    if not keeps_id and (ours := kept.pop("Message-ID", "")):
        kept["References"] = f"{kept.get('References', '')} {ours}".strip()
    return kept


def _addresses(parsed: Parsed, name: str) -> list[Address]:
    found = parsed[name]
    return [one for one in found.addresses if one.domain] if found is not None else []


def _content(part: Any) -> str:
    return part.get_content().replace("\r\n", "\n") if part is not None else ""


def _files(parsed: Parsed) -> Iterator[MIMEBase]:
    """Pictures of the text keep their content ids, files their names."""
    for part in parsed.walk():
        name = part.get_filename()
        if part.is_multipart() or (not name and part.get_content_maintype() == "text"):
            continue
        made = _file(part.get_content_type(), cast(bytes, part.get_payload(decode=True)))
        disposition = part.get_content_disposition() or "attachment"
        made.add_header("Content-Disposition", disposition, filename=name or "file")
        if content_id := part["Content-ID"]:
            made["Content-ID"] = str(content_id)
        yield made


def _file(content_type: str, content: bytes) -> MIMEBase:
    maintype, _slash, subtype = content_type.partition("/")
    made = MIMEBase(maintype, subtype)
    made.set_payload(content)
    encode_base64(made)
    return made
