"""What was said before, below our words: earlier messages quoted, or one passed on whole."""

import re
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo
from html import escape, unescape

import nh3
from lxml.html import fragment_fromstring, tostring

from channels_app.adapters.email import html, wording
from helpdesk.accounts.models import Company
from tickets.models import Attachment, Customer, Message

MOST_QUOTED = 30
MOST_TEXT = 60_000  # of plain text under one letter
MOST_HTML = 60_000  # bytes; Gmail clips a letter at 102 KB, and ours has words too
MOST_PICTURES = 5 * 1024 * 1024

_MUTED = "color:#737f87"
_BAR = "margin:0 0 0 2px;padding:0 0 0 12px;border-left:2px solid #9aa7ad"
# Nothing that lays out anew, and no colours: they were chosen for a background that ours need not be.
_PLAIN_STYLES = html.STYLES - {"display", "float", "clear", "background", "background-color", "color"}
_quoting = nh3.Cleaner(
    tags=html.BLOCKS | html.WORDS,
    clean_content_tags=html.SILENT,
    attributes={
        tag: allowed - {"bgcolor", "color"} | ({"data-src"} if tag == "img" else set())
        for tag, allowed in html.ATTRIBUTES.items()
    },
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
    filter_style_properties=_PLAIN_STYLES,
    link_rel=None,
)
_passing_on = nh3.Cleaner(
    tags=html.BLOCKS | html.WORDS,
    clean_content_tags=html.SILENT,
    attributes=html.ATTRIBUTES | {"img": html.ATTRIBUTES["img"] | {"data-src"}},
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
    filter_style_properties=html.STYLES - {"display", "float", "clear"},
    link_rel=None,
)
_PAPER = (
    '<table role="presentation" width="100%" cellpadding="12" cellspacing="0" border="0" bgcolor="#ffffff" '
    'style="color-scheme:light;background-color:#ffffff;color:#1c2629"><tr><td>\n{}\n</td></tr></table>'
)
_REMOTE = re.compile(r'(<img\b[^>]*?) data-src="(https?://[^"]*)"')
_SHOWN_BY_ID = re.compile(r'\bsrc="cid:([^"]+)"')
_COLOURED = re.compile(r"\b(?:bgcolor|background|color)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Quotation:
    """Earlier words in both renderings, and the pictures that the HTML shows by their content ids."""

    text: str = ""
    html: str = ""
    pictures: list[Attachment] = field(default_factory=list)


def below(message: Message, company: Company, language: str) -> Quotation:
    """What stands below this message: what it passes on, or the history as the company wants it quoted."""
    reader = message.ticket.customer
    if message.purpose == Message.Purpose.FORWARD:
        return _passed_on(message.answers, language) if message.answers else Quotation()
    pieces: list[Quotation] = []
    text, page = 0, 0
    for earlier in _history(message, _wanted(message, company)):
        piece = _quoted(earlier, reader, language, company)
        text, page = text + len(piece.text), page + len(piece.html.encode())
        if pieces and (text > MOST_TEXT or page > MOST_HTML):
            break
        pieces.append(piece)
    return Quotation(
        "\n\n".join(piece.text for piece in pieces),
        "\n".join(piece.html for piece in pieces),
        [picture for piece in pieces for picture in piece.pictures],
    )


def _wanted(message: Message, company: Company) -> str:
    """How much is quoted: as the mailbox wants it, else as the company does."""
    own = message.channel.config.get("quote") if message.channel else ""
    return own if own in Company.Quote.values else company.quote


def _history(message: Message, quote: str) -> Iterable[Message]:
    """The messages to quote, newest first: nothing that these recipients were not party to."""
    if quote == Company.Quote.NONE or message.is_automatic:
        return []
    if message.enquiry_id:  # a conversation of its own: all of it was said with these people
        said = Message.objects.filter(enquiry=message.enquiry_id, pk__lt=message.pk)
        said = said.defer("search").select_related("author").order_by("-pk")
        return list(said[: 1 if quote == Company.Quote.LAST else MOST_QUOTED])
    if quote == Company.Quote.LAST or message.purpose != Message.Purpose.REPLY:
        return [message.answers] if message.answers else []
    spoken = message.ticket.messages.filter(pk__lt=message.pk, purpose=Message.Purpose.REPLY)
    spoken = (
        spoken.with_customer()
        .exclude(direction=Message.Direction.NOTE)
        .defer("search")
        .select_related("author")
    )
    heard = {address.lower() for address in (*message.to, *message.cc)}
    return [
        earlier
        for earlier in spoken.order_by("-pk")[:MOST_QUOTED]
        if earlier.direction == Message.Direction.OUT
        or earlier.customer_id == message.ticket.customer_id
        or earlier.sender_address.lower() in heard
    ]


def _quoted(earlier: Message, reader: Customer, language: str, company: Company) -> Quotation:
    zone = _zone(reader.time_zone or company.time_zone)
    when = wording.moment(earlier.sent_at or earlier.created_at, language, country=reader.country, zone=zone)
    said = wording.words(language).wrote.format(date=when, who=_who(earlier, company))
    new = earlier.visible_text.strip() or earlier.text  # what it quoted itself was said before
    body, pictures = _body(earlier, _without_folds(earlier.html), new, _quoting)
    text = new[:MOST_TEXT].rstrip()
    lines = "\n".join(f"> {line}" if not line.startswith(">") else f">{line}" for line in text.split("\n"))
    page = (
        f'<p dir="auto" style="margin:16px 0 8px;{_MUTED}">{escape(said)}</p>\n'
        f'<blockquote type="cite" dir="auto" style="{_BAR}">\n{body}\n</blockquote>'
    )
    return Quotation(f"{said}\n{lines}", page, pictures)


def _passed_on(message: Message, language: str) -> Quotation:
    """The message whole under its own head, as mail programs forward."""
    words = wording.words(language)
    sender = _written(message.sender_name, message.sender_address)
    if message.direction != Message.Direction.IN:
        sender = _who(message, Company.load())
    head = [
        (words.sender, sender),
        (words.date, wording.moment(message.sent_at or message.created_at, language)),
        (words.subject, message.subject),
        (words.to, ", ".join(message.to)),
        (words.cc, ", ".join(message.cc)),
    ]
    told = [(name, value) for name, value in head if value]
    body, pictures = _body(message, message.html, message.text, _passing_on)
    text = "\n".join(
        [f"---------- {words.forwarded} ----------", *(f"{name}: {value}" for name, value in told), ""]
    )
    lines = "<br>\n".join(f"<b>{escape(name)}:</b> {escape(value)}" for name, value in told)
    if message.html and _COLOURED.search(message.html):  # it was drawn on white
        body = _PAPER.format(body)
    page = (
        f'<p style="margin:16px 0 8px;{_MUTED}">---------- {escape(words.forwarded)} ----------<br>\n'
        f"{lines}</p>\n{body}"
    )
    return Quotation(f"{text}\n{message.text[:MOST_TEXT].rstrip()}", page, pictures)


def _without_folds(page: str) -> str:
    """The page without what is marked as quoted or as a signature; all of it when nothing else is there."""
    if "data-fold" not in page:
        return page
    root = fragment_fromstring(page, create_parent="div")
    for folded in root.xpath("//*[@data-fold]"):
        folded.drop_tree()
    if not root.text_content().strip() and not root.xpath("//img"):
        return page
    return tostring(root, encoding="unicode")


def _body(message: Message, source: str, words: str, cleaner: nh3.Cleaner) -> tuple[str, list[Attachment]]:
    """The message as HTML that fits into ours, with its pictures as far as they are not too heavy."""
    if source:
        page = _REMOTE.sub(r'\1 src="\2"', cleaner.clean(source))
        if len(page.encode()) <= MOST_HTML:
            return page, _pictures(message, page)
    shown = escape(words[: MOST_HTML // 4].rstrip()).replace("\n", "<br>\n")
    return f'<div dir="auto">{shown}{" …" if len(words) > MOST_HTML // 4 else ""}</div>', []


def _pictures(message: Message, page: str) -> list[Attachment]:
    wanted = {unescape(found) for found in _SHOWN_BY_ID.findall(page)}
    if not wanted:
        return []
    found = list(message.attachments.filter(content_id__in=wanted).order_by("id"))
    return found if sum(picture.size for picture in found) <= MOST_PICTURES else []


def _who(message: Message, company: Company) -> str:
    if message.direction == Message.Direction.IN:
        return _written(message.sender_name, message.sender_address)
    return f"{message.author.name} ({company.name})" if message.author else company.name


def _written(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and name != address else address


def _zone(name: str) -> tzinfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
