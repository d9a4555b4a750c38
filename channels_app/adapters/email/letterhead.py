"""A letter's two renderings: plain text, and HTML that Outlook, Gmail and Apple Mail show alike.

Tables and inline styles only: Gmail drops classes, Outlook knows neither position nor flex. No colour is set
for the text itself and none for the ground, so that a dark reader needs to invert nothing; what is muted is a
grey that can be read on both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.utils.html import urlize

from channels_app.adapters.email import wording
from channels_app.adapters.email.quotation import Quotation
from channels_app.models import Channel
from helpdesk.accounts.models import Company
from tickets import brands
from tickets.models import Message

PARTS = ("header", "signature", "footer")
PLACEHOLDERS = ("agent", "team", "company", "customer", "number", "subject", "link", "signature")

_FONT = "-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif"
_PAGE = (
    '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n'
    '<meta name="color-scheme" content="light dark">\n'
    '<meta name="supported-color-schemes" content="light dark">\n'
    "<title>{title}</title></head>\n"
    '<body style="margin:0;padding:0">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">\n'
    "{rows}\n</table>\n</body>\n</html>\n"
)
_ROW = (
    '<tr><td align="{side}" style="padding:4px 8px;font:{size}px/1.5 '
    + _FONT
    + '{more}">\n{words}\n</td></tr>'
)
_MUTED = ";color:#737f87"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What stands around a letter's words, filled in: each part may be empty."""

    header: str = ""
    signature: str = ""
    footer: str = ""
    above: str = ""
    language: str = "en"


def of(message: Message, channel: Channel, company: Company) -> Letterhead:
    """The mailbox's letter in the message's language.

    A signature of the mailbox wins; the agent's own stands where it says {signature}. Without one of the
    mailbox, the agent's own stands alone.
    """
    language = language_of(message, channel, company)
    values = _values(message, channel, company)
    parts = {name: fill(text, values) for name, text in _layout(channel, language, company.language).items()}
    signature = parts.pop("signature", "") or values["signature"]
    line = wording.above(language) if channel.config.get("reply_line") else ""
    return Letterhead(**parts, signature=signature, above=line, language=language)


def language_of(message: Message, channel: Channel, company: Company) -> str:
    """The language of whom a letter is for, as far as anybody knows."""
    return message.language or channel.language or company.language


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders filled; what is no placeholder of ours stays as it is written."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text).strip()


def as_text(body: str, head: Letterhead, quotation: Quotation | None = None) -> str:
    """The letter as plain text; the signature below the usual line (RFC 3676 4.3)."""
    pieces = [
        head.above,
        head.header,
        body.rstrip(),
        f"-- \n{head.signature.strip()}" if head.signature.strip() else "",
        head.footer,
        quotation.text if quotation else "",
    ]
    return "\n\n".join(piece for piece in pieces if piece.strip())


def as_html(
    body: str, head: Letterhead, quotation: Quotation | None = None, *, ready: str = "", title: str = ""
) -> str:
    """The same as HTML; `ready` is a body that is HTML already and safe."""
    side = "right" if wording.direction(head.language) == "rtl" else "left"

    def row(words: str, *, size: int = 15, more: str = "") -> str:
        return _ROW.format(side=side, size=size, more=more, words=words) if words.strip() else ""

    rows = [
        row(_lines(head.above), size=12, more=_MUTED),
        row(_paragraphs(head.header)),
        row(ready or _paragraphs(body)),
        row(_lines(head.signature.strip()), size=13, more=_MUTED),
        row(_paragraphs(head.footer), size=12, more=_MUTED),
        row(quotation.html) if quotation else "",
    ]
    return _PAGE.format(
        language=escape(head.language or "en"),
        direction=wording.direction(head.language),
        title=escape(title),
        rows="\n".join(filter(None, rows)),
    )


def _layout(channel: Channel, language: str, otherwise: str) -> dict[str, str]:
    """The parts in the nearest language that has any: the reader's, the mailbox's, the company's."""
    letters = channel.config.get("letters") or {}
    for candidate in (language.partition("-")[0], channel.language, otherwise):
        layout = {name: text for name, text in letters.get(candidate, {}).items() if name in PARTS and text}
        if layout:
            return layout
    return {}


def _values(message: Message, channel: Channel, company: Company) -> dict[str, str]:
    ticket, author = message.ticket, message.author
    # What a stranger wrote must not go out by itself, nor the customer's name to whom they do not know.
    theirs = message.purpose != Message.Purpose.RECEIPT and not message.enquiry_id
    ours = brands.name(channel.pk, company)
    language = language_of(message, channel, company)
    return {
        "agent": author.name if author else ours,
        "team": str(ticket.team or channel.team or ""),
        "company": ours,
        "customer": ticket.customer.name if theirs else "",
        "number": str(ticket.number),
        "subject": ticket.subject if theirs else "",
        "link": "" if message.enquiry_id else brands.request_address(ticket, language),
        "signature": author.signature.strip() if author else "",
    }


def _paragraphs(body: str) -> str:
    blocks = [block.strip("\n") for block in body.replace("\r\n", "\n").split("\n\n")]
    return "\n".join(f'<p style="margin:0 0 1em">{_lines(block)}</p>' for block in blocks if block.strip())


def _lines(text: str) -> str:
    return str(urlize(text, nofollow=False, autoescape=True)).replace("\n", "<br>\n")
