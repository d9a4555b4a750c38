"""The mails of the demo as bytes, as mail programs write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any

from helpdesk.demo import pictures

CRLF = "\r\n"


@dataclass(frozen=True)
class File:
    name: str
    content_type: str
    content: bytes

    @property
    def kind(self) -> dict[str, Any]:
        main, _slash, sub = self.content_type.partition("/")
        return {"maintype": main, "subtype": sub}


def file(kind: str, number: int) -> File:
    """One of the files that stories name; `number` makes them differ."""
    if kind in ("photo", "photo2", "inline"):
        return File(f"IMG_{4400 + number % 97}.png", "image/png", pictures.photo(number % 5 + len(kind) % 2))
    if kind == "text":
        return File("table.csv", "text/csv", b'item;size\nClock "Orrery" 12";30\n')
    if kind == "trap":
        return File(
            f"invoice-{number}.zip", "application/zip", pictures.packed(f"invoice-{number}.pdf.exe", b"MZ")
        )
    titles = {"order": "Purchase order", "invoice": "Invoice", "manual": "Assembly instructions"}
    name = f"{titles[kind].lower().replace(' ', '-')}-{number}.pdf"
    lines = (titles[kind], f"No. {number}", "", "Tallow & Pine", "Tannery Row 1, Leeds")
    return File(name, "application/pdf", pictures.document(*lines))


def mail(
    *,
    sender: tuple[str, str],
    to: str,
    subject: str,
    message_id: str,
    at: datetime,
    text: str,
    html: str = "",
    cc: Sequence[str] = (),
    answers: Sequence[str] = (),
    files: Sequence[File] = (),
    inline: tuple[str, File] | None = None,
    headers: dict[str, str] | None = None,
) -> bytes:
    """A mail with text, or with text and HTML, its inline picture, and attachments."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = formataddr(sender), to
    letter["Date"], letter["Message-ID"] = format_datetime(at), f"<{message_id}>"
    if cc:
        letter["Cc"] = ", ".join(cc)
    if answers:
        letter["In-Reply-To"] = f"<{answers[-1]}>"
        letter["References"] = " ".join(f"<{one}>" for one in answers[-10:])
    for name, value in (headers or {}).items():
        letter[name] = value
    letter.set_content(text)
    if html:
        _add_html(letter, html, inline)
    for one in files:
        letter.add_attachment(one.content, filename=one.name, **one.kind)
    words = Header(subject, None if subject.isascii() else "utf-8", header_name="Subject").encode(
        linesep=CRLF
    )
    return f"Subject: {words}{CRLF}".encode() + letter.as_bytes()


def bounce(*, recipient: str, to: str, message_id: str, at: datetime, reason: str) -> bytes:
    """What a mail server writes when it could not deliver (RFC 3464)."""
    boundary = "=_bounce"
    return "\r\n".join(
        [
            "From: Mail Delivery System <MAILER-DAEMON@mx.fernmail.example>",
            f"To: {to}",
            "Subject: Undelivered Mail Returned to Sender",
            f"Date: {format_datetime(at)}",
            f"Message-ID: <bounce.{message_id}>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"',
            *("", f"--{boundary}", "Content-Type: text/plain", ""),
            f"Your message to {recipient} could not be delivered.",
            *("", f"--{boundary}", "Content-Type: message/delivery-status", ""),
            *("Reporting-MTA: dns; mx.fernmail.example", ""),
            f"Final-Recipient: rfc822; {recipient}",
            *("Action: failed", "Status: 5.1.1", f"Diagnostic-Code: smtp; {reason}"),
            *("", f"--{boundary}", "Content-Type: text/rfc822-headers", "", f"Message-ID: <{message_id}>"),
            *("", f"--{boundary}--", ""),
        ]
    ).encode()


def _add_html(letter: EmailMessage, html: str, inline: tuple[str, File] | None) -> None:
    letter.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    if inline:
        cid, picture = inline
        page = letter.get_payload()[1]  # type: ignore[index]
        page.add_related(  # type: ignore[union-attr]
            picture.content, cid=f"<{cid}>", filename=picture.name, disposition="inline", **picture.kind
        )
