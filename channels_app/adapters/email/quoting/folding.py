"""Which lines are new words of the sender, which are quoted, and which are a signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from channels_app.adapters.email.quoting import (
    aligning,
    dividers,
    footers,
    introductions,
    outlines,
    signatures,
    vocabulary,
)
from channels_app.adapters.email.quoting.lines import Line, split
from channels_app.adapters.email.quoting.outlines import Outline
from channels_app.adapters.email.quoting.page import Page
from channels_app.adapters.email.quoting.signatures import Sender
from channels_app.messages import QUOTE, SIGNATURE, Fold, without_folds

LONGEST_TEXT = 60_000  # of a letter so much is looked at; a quotation that reaches that far goes on
LONGEST_NOTE = 600  # of what somebody writes who answers inside the earlier mail
MOST_ANSWERED = 200  # lines of an earlier mail in which answers are looked for
MOST_BANNERS, MOST_BANNER_LINES = 2, 8

_FORWARD = re.compile(
    r"\s*(?:\[[^\]]*\]\s*)?(?:fwd?|fw|wg|tr|rv|enc|i|vs|vb|pd|továbbítás|továbbítva|tov|пересл|пер"
    r"|vl|doorst|red|[iİ]\u0307?lt|př|přep|إعادة (?:ال)?توجيه|전달|转发|轉寄|転送)\s*[:：]",
    re.I,
)


@dataclass(frozen=True)
class Folded:
    """`text` with its folded stretches, and `html` with the same marked by `data-fold`."""

    text: str
    html: str
    folds: tuple[Fold, ...]

    @property
    def visible_text(self) -> str:
        """The new words of the sender."""
        return without_folds(self.text, self.folds)


def fold(text: str, html: str = "", *, subject: str = "", sender_name: str = "") -> Folded:
    """What to fold of a letter; `html` is cleaned, with class and id still on it, and comes back without.

    The folds are in order and do not overlap. When nothing new would remain, nothing is folded.
    """
    sender, page = Sender(sender_name), Page(html)
    shown = page.text()
    lines = split(text if html else _beginning(text))
    page_lines = split(shown) if shown else []
    page.hint(page_lines)
    if page_lines and shown == text:
        lines = page_lines
    elif page_lines:
        aligning.carry(page_lines, lines)
    kinds = decide(lines, subject, sender)
    page_kinds = kinds if page_lines is lines else decide(page_lines, subject, sender)
    if not html and len(text) > LONGEST_TEXT and kinds[-1] == QUOTE:
        lines = split(text)
        kinds += _continued(lines, kinds)
    folds = tuple(_folds(lines, kinds))
    if QUOTE in page_kinds and QUOTE not in kinds and len(text) <= LONGEST_TEXT:
        by_words = tuple(aligning.folds(page_lines, page_kinds, lines))
        folds = by_words if without_folds(text, by_words).strip() else folds
    return Folded(text, page.marked(page_lines, page_kinds), folds)


def decide(lines: list[Line], subject: str, sender: Sender) -> list[str]:
    """For each line "" when it stays, else QUOTE or SIGNATURE."""
    looked_at = next((n for n, line in enumerate(lines) if line.start > LONGEST_TEXT), len(lines))
    kinds = _decide(lines[:looked_at], subject, sender)
    return kinds + _continued(lines, kinds)


def _beginning(text: str) -> str:
    """The lines that are looked at: half a million more are only made where a quotation reaches so far."""
    end = text.find("\n", LONGEST_TEXT)
    return text if end < 0 else text[:end]


def _continued(lines: list[Line], kinds: list[str]) -> list[str]:
    """The kinds of the lines too far below: a quotation goes on, while it is marked if it was."""
    rest = lines[len(kinds) :]
    if not rest or not kinds or kinds[-1] != QUOTE:
        return [""] * len(rest)
    marked = lines[len(kinds) - 1].cited
    end = next((n for n, line in enumerate(rest) if marked and line.words and not line.cited), len(rest))
    return [QUOTE] * end + [""] * (len(rest) - end)


def _decide(lines: list[Line], subject: str, sender: Sender) -> list[str]:
    kinds = [""] * len(lines)
    forwards = _forwards(subject, lines)
    dividers.hint_by_subject(lines, subject)
    outline = outlines.draw(lines, forwards=forwards)
    if outline.forwarded:
        return kinds
    _fold_quotes(lines, outline, kinds)
    if not _any_left(lines, kinds):
        return [""] * len(lines)
    quoted = list(kinds)
    _fold_banner(lines, kinds)
    for begin, end in _open_stretches(kinds):
        for first, last in signatures.find(lines, begin, end, sender):
            kinds[first:last] = [SIGNATURE] * (last - first)
    return kinds if _any_left(lines, kinds) else quoted


def _fold_banner(lines: list[Line], kinds: list[str]) -> None:
    """What a mail server wrote above the letter, a paragraph or two, goes with what programs add."""
    for _paragraph in range(MOST_BANNERS):
        first = next((n for n, line in enumerate(lines) if line.words and not kinds[n]), len(lines))
        end = next((n for n in range(first, len(lines)) if lines[n].blank or kinds[n]), len(lines))
        if end - first > MOST_BANNER_LINES:
            return
        at = next((n for n in range(end, first, -1) if _is_banner(lines[first:n])), None)
        if at is None:
            return
        kinds[first:at] = [SIGNATURE] * (at - first)


def _is_banner(lines: list[Line]) -> bool:
    return footers.is_banner(" ".join(line.words for line in lines)) and not lines[0].cited


def _forwards(subject: str, lines: list[Line]) -> bool:
    """Whether the subject tells of a forward; "VS:" is one in Norwegian, and an answer in Finnish."""
    found = _FORWARD.match(subject)
    if found is None:
        return False
    is_finnish = any(line.words.lower().startswith("lähettäjä") for line in lines)
    return not (is_finnish and "vs" in found[0].lower())


def _fold_quotes(lines: list[Line], outline: Outline, kinds: list[str]) -> None:
    """Folds the earlier mail at the end, and a quotation above or below the words, not between."""
    if not _tail_is_answered_inside(lines, outline):
        kinds[outline.tail :] = [QUOTE] * (len(lines) - outline.tail)
    own = [number for number, role in enumerate(outline.roles) if role == "own"]
    quoted = [number for number, role in enumerate(outline.roles) if role in ("cited", "intro")]
    if not quoted or not own:
        return
    first, last = quoted[0], quoted[-1]
    marker = next(
        (number for number in range(first, last + 1) if dividers.is_marker(lines[number].words)), None
    )
    if marker is not None and own[0] < first:
        kinds[first:] = [QUOTE] * (len(lines) - first)
        return
    if any(first < number < last for number in own):
        return
    introduced = outline.roles[first] == "intro" or _starts_introduced(lines, first)
    above, below = own[0] < first, own[-1] > last and outline.tail > last
    between = above and any(number > last for number in own)
    if between and not introduced and not _only_footers(lines, last + 1, outline.tail):
        return
    if above and not introduced and outlines.is_announced(lines, first):
        return
    if above or below:
        end = _with_empty_marks(lines, last + 1)
        kinds[first:end] = [QUOTE] * (end - first)


def _with_empty_marks(lines: list[Line], end: int) -> int:
    """The end of a quotation with the lines below it that are nothing but marks."""
    for number in range(end, len(lines)):
        if not lines[number].blank:
            break
        end = number + 1 if lines[number].cited else end
    return end


def _starts_introduced(lines: list[Line], first: int) -> bool:
    """Apple's mail quotes the introduction too."""
    bare = [Line(0, 0, line.raw, line.words, cited=False) for line in lines[first : first + 5]]
    found = introductions.find(bare)
    return any(each.start < 3 for each in found.values())


def _only_footers(lines: list[Line], begin: int, end: int) -> bool:
    return not any(
        line.words
        for line in lines[
            begin : min((n for n, _m in signatures.find(lines, begin, end, Sender())), default=end)
        ]
    )


def _tail_is_answered_inside(lines: list[Line], outline: Outline) -> bool:
    """Whether the words above say that the answers stand in the earlier mail, among its lines."""
    said = [
        vocabulary.low(line.words) for line, role in zip(lines, outline.roles, strict=True) if role == "own"
    ]
    if outline.tail == len(lines) or sum(map(len, said)) > LONGEST_NOTE:
        return False
    return _is_answered_at_its_marks(lines, outline.tail) or any(
        vocabulary.anywhere("inline").search(words)
        or (vocabulary.whole_words("answers").search(words) and vocabulary.whole_words("inks").search(words))
        for words in said
    )


def _is_answered_at_its_marks(lines: list[Line], tail: int) -> bool:
    """Whether the earlier mail is marked right below its fields, and a question in it has words below it."""
    body = [line for line in lines[tail : tail + MOST_ANSWERED] if line.words and not dividers.is_field(line)]
    first = next((number for number, line in enumerate(body) if _has_mark(line)), None)
    if first != 0:
        return False
    pairs = zip(body[first:], body[first + 1 :], strict=False)
    answered = [above for above, below in pairs if _has_mark(above) and not _has_mark(below)]
    marked_again = any(_has_mark(line) for line in body[first:] if answered and line.start > answered[0].end)
    return marked_again and any(line.words.endswith(("?", "？")) for line in answered)


def _has_mark(line: Line) -> bool:
    return line.cited and line.raw.lstrip().startswith(">")


def _open_stretches(kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches without quotation where a signature may end what the person wrote."""
    begin = None
    for number in range(len(kinds) + 1):
        stays = number < len(kinds) and not kinds[number]
        if stays and begin is None:
            begin = number
        elif not stays and begin is not None:
            yield begin, number
            begin = None


def _any_left(lines: list[Line], kinds: list[str]) -> bool:
    return any(not kind and line.words for line, kind in zip(lines, kinds, strict=True))


def _folds(lines: list[Line], kinds: list[str]) -> Iterator[Fold]:
    number = 0
    while number < len(lines):
        first, kind = number, kinds[number]
        while number < len(lines) and kinds[number] == kind:
            number += 1
        if kind:
            yield Fold(lines[first].start, lines[number - 1].end, kind)
