"""A ticket as a PDF to read and file: words and the names of files. Nothing is fetched while it is drawn.

The fonts are our own, so that Cyrillic and Hungarian letters come out anywhere; what they have no sign
for, such as pictures among the words, is left out.
"""

import io
import threading
from functools import cache
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable, Paragraph, SimpleDocTemplate, Spacer

from tickets import naming
from tickets.models import Message, Ticket

FONTS = Path(__file__).parent / "fonts"
WORDS, BOLD = "DejaVuSans", "DejaVuSans-Bold"
MARGIN = 50
LONGEST = 100_000  # letters of one message
MOST_LETTERS = 2_000_000  # of the whole, so that drawing takes seconds and not minutes
MUTED, NOTE = HexColor("#55636a"), HexColor("#fff8e1")
_one_at_a_time = threading.Lock()  # the registry of fonts is one for all threads


def drawn(ticket: Ticket, messages: list[Message]) -> IO[bytes]:
    """The document, at its start."""
    made = io.BytesIO()
    with _one_at_a_time:
        _signs()
        title = f"#{ticket.number} {ticket.subject}"
        paper = SimpleDocTemplate(
            made,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=title[:200],
        )
        parts: list[Any] = [Paragraph(_clean(title), _style("head")), *_facts(ticket)]
        left = MOST_LETTERS
        for message in messages:
            text = message.text[: min(LONGEST, max(left, 0))]
            left -= len(text)
            parts += _letter(message, text)
        paper.build(parts, onFirstPage=_number, onLaterPages=_number)
    made.seek(0)
    return made


def _facts(ticket: Ticket) -> list[Any]:
    facts = [
        (_("Customer"), naming.of(ticket.customer)),
        (_("Status"), ticket.get_status_display()),
        (_("Team"), str(ticket.team or "")),
        (_("Assignee"), str(ticket.assignee or "")),
        (_("Tags"), ", ".join(ticket.tags)),
        (_("Created"), _when(ticket.created_at)),
    ]
    told = [f"{label}: {value}" for label, value in facts if value]
    return [Paragraph(_clean(" · ".join(told)), _style("muted")), Spacer(1, 8)]


def _letter(message: Message, text: str) -> list[Any]:
    note = message.direction == Message.Direction.NOTE
    by = message.sender_name or message.sender_address or (message.author.byline if message.author else "")
    by = by or (message.customer.name if message.customer else "")
    kind = f" ({_('note')})" if note else ""
    to = f" → {', '.join(message.to)}" if message.to and not note else ""
    parts: list[Any] = [
        HRFlowable(width="100%", thickness=0.5, color=MUTED, spaceBefore=6, spaceAfter=6),
        Paragraph(_clean(f"{by}{kind}{to}"), _style("by")),
        Paragraph(_clean(_when(message.created_at)), _style("muted")),
        Spacer(1, 4),
    ]
    style = _style("note" if note else "words")
    parts += [Paragraph(_clean(line) or "&nbsp;", style) for line in text.splitlines()]
    if names := [file.name for file in message.attachments.all() if not file.inline]:
        parts.append(Paragraph(_clean(f"{_('Files')}: {', '.join(names)}"), _style("muted")))
    return parts


def _when(at: Any) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _clean(text: str) -> str:
    """As the markup of a paragraph; signs that the font has not are left out."""
    known = _known()
    return escape("".join(sign for sign in text.expandtabs(4) if ord(sign) in known)).strip("\n")


def _number(canvas: Any, paper: Any) -> None:
    canvas.setFont(WORDS, 8)
    canvas.setFillColor(MUTED)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(paper.page))


@cache
def _known() -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(WORDS).face.charToGlyph)


@cache
def _signs() -> None:
    for name in (WORDS, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def _style(name: str) -> ParagraphStyle:
    looks: dict[str, dict[str, Any]] = {
        "head": {"fontName": BOLD, "fontSize": 14, "leading": 18, "spaceAfter": 4},
        "by": {"fontName": BOLD, "fontSize": 9.5, "leading": 13},
        "muted": {"fontName": WORDS, "fontSize": 8, "leading": 11, "textColor": MUTED},
        "words": {"fontName": WORDS, "fontSize": 9.5, "leading": 13.5, "splitLongWords": True},
        "note": {"fontName": WORDS, "fontSize": 9.5, "leading": 13.5, "backColor": NOTE},
    }
    return ParagraphStyle(name, **looks[name])
