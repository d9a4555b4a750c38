"""The line over a quotation that says who wrote it and when, on one line or wrapped over several."""

import re
from dataclasses import dataclass
from enum import IntEnum

from channels_app.adapters.email.quoting import vocabulary
from channels_app.adapters.email.quoting.lines import Line

MOST_LINES = 5
LONGEST = 400
LONGEST_WEAK = 120

_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[\w-]+(?:\.[\w-]+)+")
_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}(?!\d)|\d\s?[年월日]|25\d\d"
)
_TIME = re.compile(
    r"(?<![\d.])\d{1,2} ?(?:[:h٫：]|[Hh] )\d{2}(?!\d)|(?<![\d./])\d{1,2}\.\d{2}(?![\d./])|\d\s?[時点시]\s?\d"
)
# Nothing else on the line: a moment and a person, in either order, as Rambler and Mail.ru's phones write.
_BARE = re.compile(
    r"(?:[^\W\d_]{2,11},? )?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?,? (?:[^\W\d_]{2} )?"
    r"[^<>@:.!?]{0,80}<[^<>@\s]+@[^<>\s]+>"
    r"|[^<>@:!?]{1,80}<[^<>@\s]+@[^<>\s]+>,? (?:[^\W\d_]{2,11},? )?"
    r"\d{1,2}[. /][^<>@:!?]{2,16}\d{4}[^<>@:!?\d]{0,6}"
    r"\d{1,2}:\d{2}"
)
# Nextcloud writes the moment behind the person, and no colon.
_MOMENT_AT_END = re.compile(r"<[^<>@\s]+@[^<>\s]+> [–—-] .{4,40}\d{1,2}[:.]\d{2}(?: ?[AaPp]\.?[Mm]\.?)?")
_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०๐০" for n in range(10)}
MOST_CITING = 8  # words of a line that names nothing but a person: "Quoting Anna Stone <anna@mail.example>:"
_COLON = (":", "：", "︓")
_DASHES = " -–—_*"
_BEGINNING = re.compile(r"\d|[<(\"„«'*]|[^\W\d_]{2,13}[,.] ")
_RUN_ON = re.compile(r"(.{8,300}?>[^<>:]{2,30}[:：])[ \xa0]{2,}\S")
_SENTENCE_END = (".", "!", "?")


class Strength(IntEnum):
    """How sure it is that a line introduces a quotation."""

    NONE = 0
    WEAK = 1
    """Only when what follows is marked as quoted."""
    SURE = 2
    """Whatever follows."""


@dataclass(frozen=True)
class Introduction:
    start: int
    end: int
    """The line after it."""
    strength: Strength


def find(lines: list[Line]) -> dict[int, Introduction]:
    """All lines that may introduce a quotation and are not quoted themselves, by where they begin."""
    found: dict[int, Introduction] = {}
    for number, line in enumerate(lines):
        if line.blank or line.cited:
            continue
        if _goes_on_in_line(line):
            found[number] = Introduction(number, number + 1, Strength.SURE)
            continue
        if line.opens != "intro" and not _may_end(line.words):
            continue
        introduction = _ending_at(lines, number)
        if introduction:
            found[introduction.start] = introduction
    return found


def _goes_on_in_line(line: Line) -> bool:
    """Yahoo's phones put the quotation on the line of its introduction, behind some spaces."""
    found = _RUN_ON.match(line.raw) if "<" in line.raw else None
    return found is not None and _strength(" ".join(found[1].split())) == Strength.SURE


def _may_end(words: str) -> bool:
    bare = words.rstrip(_DASHES)
    if bare.endswith(_COLON) or (bare.endswith(">") and bare[0].isdigit()) or _BARE.fullmatch(bare):
        return True
    if "@" in bare and _MOMENT_AT_END.search(bare):
        return True
    if len(words) - len(bare) >= 2 or len(bare) < LONGEST_WEAK:
        return bool(_verb_at_end(bare))
    return False


def _verb_at_end(bare: str) -> bool:
    return vocabulary.low(bare[-24:]).endswith(tuple(vocabulary.phrases("wrote")))


def _ending_at(lines: list[Line], end: int) -> Introduction | None:
    """The introduction whose last line this is, with the lines above that belong to it."""
    best, start, joined = Strength.NONE, end, ""
    for top in range(end, max(-1, end - MOST_LINES), -1):
        line = lines[top]
        if line.blank or line.cited or (top < end and not _goes_on(lines, top, best)):
            break
        joined = f"{line.words} {joined}" if joined else line.words
        strength = Strength.SURE if lines[end].opens == "intro" else _strength(joined)
        if strength > best or (best and (top == end or _belongs(lines, top))):
            best, start = max(best, strength), top
        if best == Strength.SURE and _is_beginning(line.words):
            break
    if not best:
        return None
    return Introduction(_with_headers(lines, start), end + 1, best)


def _goes_on(lines: list[Line], top: int, best: Strength) -> bool:
    """Whether the line at `top` may be the upper part of an introduction that goes on below it."""
    words = lines[top].words
    if best == Strength.NONE:
        return True
    return _belongs(lines, top) or (best == Strength.WEAK and not words.endswith(_COLON))


def _belongs(lines: list[Line], top: int) -> bool:
    words, below = lines[top].words, lines[top + 1].words
    if words.endswith(_COLON):
        return False
    if _is_beginning(words) or words.count("<") > words.count(">"):
        return True
    return below.startswith(("<", "(")) and len(words) < 100 and not words.endswith(_SENTENCE_END)


def _is_beginning(words: str) -> bool:
    """Whether it begins like "On Monday, 22 Nov 2026 at"."""
    if not (_DAY.search(words) or _TIME.search(words)) or len(words) > 160:
        return False
    first = vocabulary.low(words).split(None, 2)
    lead = vocabulary.phrases("lead")
    return bool(_BEGINNING.match(words)) or first[0].strip(".,:") in lead or " ".join(first[:2]) in lead


def _strength(joined: str) -> Strength:
    if len(joined) > LONGEST:
        return Strength.NONE
    bare = joined.strip(_DASHES).translate(_DIGITS)
    if _BARE.fullmatch(bare):
        return Strength.SURE
    colon, low = bare.endswith(_COLON), vocabulary.low(bare)
    verb = bool(vocabulary.whole_words("wrote").search(low))
    day, time = bool(_DAY.search(bare)), bool(_TIME.search(bare))
    address = bool(_ADDRESS.search(bare))
    sure = (day and time and not _is_told(low)) or (address and (day or time or colon))
    if verb and (colon or _verb_at_end(bare)) and sure:
        return Strength.SURE
    if colon and address and (day and time or _cites(low)):
        return Strength.SURE
    if colon and ((verb and len(bare) < LONGEST_WEAK and not _is_own(low)) or day + time + address >= 2):
        return Strength.WEAK
    if day and time and address and (bare.endswith(">") or _MOMENT_AT_END.search(bare)):
        return Strength.WEAK
    return Strength.WEAK if verb and (day or time or address) and _verb_at_end(bare) else Strength.NONE


def _cites(low: str) -> bool:
    """Whether it begins as Horde's does, in any language of ours, and goes on with a person alone."""
    return low.startswith(tuple(vocabulary.phrases("citing"))) and len(low.split()) <= MOST_CITING


def _is_told(low: str) -> bool:
    """Whether a person tells it: "on 3 March at ten your colleague wrote to me"."""
    return bool(vocabulary.whole_words("personal").search(low)) and not low.startswith("вы ")


def _is_own(low: str) -> bool:
    """ "I wrote this last week:" introduces what its writer wants to be read."""
    return low.partition(" ")[0] in vocabulary.phrases("oneself")


def _with_headers(lines: list[Line], start: int) -> int:
    """With the fields and the ruler that Yandex puts over it."""
    roles = vocabulary.header_roles()
    highest = max(0, start - MOST_LINES)
    while start > highest and not lines[start - 1].cited:
        name, colon, _value = lines[start - 1].words.partition(":")
        if not (
            colon and roles.get(vocabulary.low(name).strip(" *"), frozenset()) & {"to", "subject", "copy"}
        ):
            break
        start -= 1
    if start and len(lines[start - 1].words) > 7 and not lines[start - 1].words.strip("-_="):
        start -= 1
    return start
