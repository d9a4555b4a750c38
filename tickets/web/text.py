"""Plain words as letters: paragraphs, links, and what is quoted or a signature folded away. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from channels_app.messages import QUOTE
from tickets.web import linking

SHOWN = 100_000  # a page shows this much of a message; the raw form has the rest
_LIKE_A_LINK = re.compile(r"://|@|\w\.\w")


@dataclass(frozen=True)
class Piece:
    """A stretch of a message as safe HTML; `kind` is "" for new words, else QUOTE or SIGNATURE."""

    kind: str
    words: SafeString


@dataclass(frozen=True)
class Letter:
    pieces: list[Piece]

    @property
    def whole(self) -> SafeString:
        return mark_safe("\n".join(piece.words for piece in self.pieces))  # noqa: S308  (each is safe)


def letter(text: str, folds: Iterable[tuple[int, int, str]] = ()) -> Letter:
    """The words of a message in order, those that `folds` cover in pieces of their own."""
    pieces: list[Piece] = []
    for kind, words in _parted(text[:SHOWN], folds):
        shown = paragraphs(words)
        if not shown:
            continue
        if kind and pieces and pieces[-1].kind:  # a signature over a quotation folds with it
            kind = QUOTE if QUOTE in (kind, pieces[-1].kind) else kind
            shown = mark_safe(f"{pieces.pop().words}\n{shown}")  # noqa: S308  (both are safe)
        pieces.append(Piece(kind, shown))
    return Letter(pieces)


def _parted(text: str, folds: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for start, end, kind in folds:
        yield "", text[at:start]
        yield kind, text[start:end]
        at = end
    yield "", text[at:]


def paragraphs(text: str) -> SafeString:
    """Escaped text with paragraphs, line breaks and links that show where they lead."""
    text = text.strip()
    # urlize looks at every word: a letter without anything like an address is spared its half millisecond.
    linked = urlize(text, nofollow=True, autoescape=True) if _LIKE_A_LINK.search(text) else escape(text)
    return mark_safe(linking.marked(linebreaks(linked)) if linked else "")  # noqa: S308  (urlize escaped it)
