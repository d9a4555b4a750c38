"""Plain words as letters: paragraphs, links, and the quoted rest folded away. Pure."""

import re
from dataclasses import dataclass

from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from tickets.web import linking

SHOWN = 100_000  # a page shows this much of a message; the raw form has the rest
_ATTRIBUTION = re.compile(
    r"^.{8,200}(wrote|writes|schrieb|írta|пишет|писал|написал|a écrit|escribió)\b.{0,80}:\s*$", re.I
)
_LIKE_A_LINK = re.compile(r"://|@|\w\.\w")
_DIVIDER = re.compile(
    r"^\s*(-{2,}\s*(original message|eredeti üzenet|исходное сообщение|forwarded message)\s*-{2,})", re.I
)


@dataclass(frozen=True)
class Letter:
    said: SafeString
    quoted: SafeString
    quoted_lines: int


def letter(text: str) -> Letter:
    """The words of a message: what was said now, and the quoted tail, both as safe HTML."""
    said, quoted = split_quote(text[:SHOWN])
    return Letter(said=paragraphs(said), quoted=paragraphs(quoted), quoted_lines=len(quoted.splitlines()))


def paragraphs(text: str) -> SafeString:
    """Escaped text with paragraphs, line breaks and links that show where they lead."""
    text = text.strip()
    # urlize looks at every word: a letter without anything like an address is spared its half millisecond.
    linked = urlize(text, nofollow=True, autoescape=True) if _LIKE_A_LINK.search(text) else escape(text)
    return mark_safe(linking.marked(linebreaks(linked)) if linked else "")  # noqa: S308  (urlize escaped it)


def split_quote(text: str) -> tuple[str, str]:
    """What was said, and the quotation at the end (with the line that introduces it), "" if there is none.

    Somebody who answers between the lines of a quotation has said all of it, so nothing is parted then.
    """
    lines = text.rstrip().splitlines()
    start = _tail(lines)
    if start is None or not "".join(lines[:start]).strip():
        return text, ""
    return "\n".join(lines[:start]).rstrip(), "\n".join(lines[start:])


def _tail(lines: list[str]) -> int | None:
    """The line where the quoted tail begins."""
    for number, line in enumerate(lines):
        if _DIVIDER.match(line):
            return number
    start = len(lines)
    while start and (lines[start - 1].startswith(">") or not lines[start - 1].strip()):
        start -= 1
    if not any(line.startswith(">") for line in lines[start:]):
        return None
    return _with_attribution(lines, start)


def _with_attribution(lines: list[str], start: int) -> int:
    """The tail with the one or two lines that say who wrote it."""
    for height in (1, 2):
        if start >= height and _ATTRIBUTION.match(" ".join(lines[start - height : start])):
            return start - height
    return start
