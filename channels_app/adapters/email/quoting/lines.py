"""The lines of a text: where each stands, its words, and what marks it as quoted."""

import re
from collections import Counter
from dataclasses import dataclass

LONGEST = 1000  # of a line so much is looked at

_PREFIX = re.compile(r"[ \t]{0,3}(?:[>＞][ \t]?)+")
_INITIALS = re.compile(r"[ \t]{0,3}([^\W\d_]{1,4})>+(?:[ \t]|$)")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, 0x2060, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


@dataclass(slots=True)
class Line:
    """A line of the text from `start` to `end`; hints of the page may be added."""

    start: int
    end: int
    raw: str
    words: str
    """Without quote marks, invisible signs and doubled spaces."""
    cited: bool
    """Quoted for certain: it has a mark, or the page has it in a quotation."""
    indented: bool = False
    """In a block quotation that a person may have made."""
    signed: bool = False
    """In what the page calls a signature."""
    opens: str = ""
    """What begins here by the page: "intro", "block" or "forwarded"."""

    @property
    def blank(self) -> bool:
        return not self.words


def split(text: str) -> list[Line]:
    """The lines of a text, with "> " and "AB> " read as marks of a quotation."""
    lines, at = [], 0
    initials = _quoting_initials(text)
    for raw in text.split("\n"):
        lines.append(_line(raw, at, initials))
        at += len(raw) + 1
    return lines


def plain(words: str) -> str:
    """Without invisible signs and doubled spaces, and with ordinary spaces only."""
    if not words.isascii():
        words = words.translate(_INVISIBLE)
    return " ".join(words.split())


def _line(raw: str, at: int, initials: frozenset[str]) -> Line:
    if not raw:
        return Line(at, at, "", "", cited=False)
    shown = raw[:LONGEST]
    if not shown.isascii():
        shown = shown.translate(_INVISIBLE).replace("\xa0", " ")
    mark = _PREFIX.match(shown) if ">" in shown or "＞" in shown else None
    if mark is None and initials:
        named = _INITIALS.match(shown)
        mark = named if named and named[1] in initials else None
    words = " ".join(shown[mark.end() if mark else 0 :].split())
    return Line(at, at + len(raw), raw, words, cited=mark is not None)


def _quoting_initials(text: str) -> frozenset[str]:
    """Initials that stand before two lines or more, as The Bat! puts them."""
    if ">" not in text:
        return frozenset()
    counted = Counter(found[1] for raw in text.split("\n") if (found := _INITIALS.match(raw)))
    return frozenset(name for name, times in counted.items() if times > 1)
