"""The signature at the end of what a person wrote. A polite "Thanks, Anna" is their own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from channels_app.adapters.email.quoting import contacts, dividers, footers, vocabulary
from channels_app.adapters.email.quoting.lines import Line

MOST_LINES = 20  # of a signature without its own mark
MOST_MARKED = 60
LONGEST_DISCLAIMER = 6000
MOST_NAME_WORDS = 4
MOST_FOOTERS = 60

_DELIMITER = re.compile(r"-- ?$|—$|––$|--$")
_EDGE = " ,.!:;。，、！：،؛–—-*_~)(❤♥🙂😊☺"


@dataclass(frozen=True)
class Sender:
    """Who wrote, as far as the mail says: a name of theirs begins a signature."""

    name: str = ""
    address: str = ""

    def is_in(self, words: str) -> bool:
        low = vocabulary.low(words)
        parts = [
            part
            for part in vocabulary.low(self.name).replace(",", " ").split()
            if len(part) > 2 or part[0] >= "\u2e80"  # a Chinese name is two signs, a Korean one three
        ]
        return bool(parts) and all(part in low for part in parts[:2])


def find(lines: list[Line], begin: int, end: int, sender: Sender) -> Iterator[tuple[int, int]]:
    """The stretches between two lines that are signatures or footers, the last first."""
    end = _trimmed(lines, begin, end)
    marked = _marked(lines, begin, end)
    if marked is not None:
        yield marked, _above_note(lines, marked, end)
        end = _trimmed(lines, begin, marked)
    stop = _without_footers(lines, begin, end)
    if stop < end:
        yield stop, end
        end = _trimmed(lines, begin, stop)
    named = _named_by_page(lines, begin, end)
    if named is not None:
        yield named
        end = _trimmed(lines, begin, named[0]) if named[1] >= end else end
    found = _block(lines, begin, end, sender)
    if found is not None:
        yield found


def _trimmed(lines: list[Line], begin: int, end: int) -> int:
    while end > begin and lines[end - 1].blank:
        end -= 1
    return end


def _marked(lines: list[Line], begin: int, end: int) -> int | None:
    """Where "-- " stands, with no more below it than a signature has."""
    for number in range(_reach(lines, begin, end), end):
        line = lines[number]
        if line.cited or len(line.words) > 2 or not _DELIMITER.match(line.words):
            continue
        below = [each for each in lines[number + 1 : end] if not each.blank]
        if line.raw.rstrip("\r") == "-- " and len(below) <= MOST_MARKED:
            return number
        if below and len(below) <= MOST_LINES and _reads_as_signature(below):
            return number
    return None


def _above_note(lines: list[Line], begin: int, end: int) -> int:
    """The end of a signature that has a "P.S." below it."""
    notes = (number for number in range(begin, end) if contacts.is_note(vocabulary.low(lines[number].words)))
    return next(notes, end)


def _reach(lines: list[Line], begin: int, end: int) -> int:
    """How far up a signature may begin."""
    left = MOST_MARKED + 1
    for number in range(end - 1, begin - 1, -1):
        left -= not lines[number].blank
        if left < 0:
            return number
    return begin


def _reads_as_signature(below: list[Line]) -> bool:
    """Whether most lines fit, and no paragraph begins that a person would write."""
    fitting = sum(contacts.fits(line.words) or footers.disclaims(line.words) > 0 for line in below)
    return fitting >= len(below) * 0.75 and not any(line.words.endswith("?") for line in below)


def _without_footers(lines: list[Line], begin: int, end: int) -> int:
    """The end of the text without the tags of programs, virus checks and disclaimers below it."""
    for _round in range(MOST_FOOTERS):
        shorter = _trimmed(lines, begin, _without_last(lines, begin, end))
        if shorter >= end or _is_announced(lines, begin, shorter):
            return end
        end = shorter
    return end


def _is_announced(lines: list[Line], begin: int, end: int) -> bool:
    """ "Under your mail stood this:" and then something that a program puts there."""
    above = _trimmed(lines, begin, end)
    return above > begin and lines[above - 1].words.endswith((":", "："))


def _without_last(lines: list[Line], begin: int, end: int) -> int:
    if end <= begin or lines[end - 1].cited:
        return end
    first = _paragraph(lines, begin, end)
    first_looked_at = max(first, end - MOST_MARKED)
    words = " ".join(line.words for line in lines[first_looked_at:end])
    if first_looked_at > first or len(words) > LONGEST_DISCLAIMER:
        words = ""
    if footers.is_disclaimer(words) or footers.is_check(words) or _is_wrapped_tag(lines, first, end):
        return _with_ruler(lines, begin, first)
    last = lines[end - 1]
    if footers.is_tag(last.words) or footers.is_check(last.words):
        return _with_ruler(lines, begin, end - 1)
    if footers.is_link(last.words) and end - 2 >= begin and footers.is_tag(lines[end - 2].words):
        return _with_ruler(lines, begin, end - 2)
    for height in range(2, 13):
        start = end - height
        if start < first or lines[start].cited:
            break
        tail = " ".join(line.words for line in lines[start:end])
        starts = footers.is_disclaimer(lines[start].words) or footers.disclaims(lines[start].words) > 0
        if footers.is_disclaimer(tail) and (starts or dividers.is_ruler(lines[start].words)):
            return start
    return _above_disclaimer(lines, begin, end, first, words)


def _is_wrapped_tag(lines: list[Line], first: int, end: int) -> bool:
    words = " ".join(line.words for line in lines[first:end])
    begins = vocabulary.low(lines[first].words).startswith(tuple(vocabulary.phrases("sent")))
    return end - first <= 2 and begins and footers.is_tag(words)


def _above_disclaimer(lines: list[Line], begin: int, end: int, first: int, words: str) -> int:
    """A long paragraph with one such word goes with the disclaimer that follows it."""
    below = next((line for line in lines[end:] if not line.blank), None)
    if below is None or below.cited or len(words) < 100 or not footers.disclaims(words):
        return end
    last = _trimmed(lines, end, len(lines))
    after = " ".join(line.words for line in lines[end : min(last, end + 30)])
    return first if footers.is_disclaimer(after) and footers.disclaims(words) >= 1 and first > begin else end


def _paragraph(lines: list[Line], begin: int, end: int) -> int:
    first = end
    while first > begin and not lines[first - 1].blank and not lines[first - 1].cited:
        first -= 1
    return first


def _with_ruler(lines: list[Line], begin: int, start: int) -> int:
    """With the ruler or "--" right above."""
    above = _trimmed(lines, begin, start)
    if above > begin and (
        dividers.is_ruler(lines[above - 1].words) or _DELIMITER.match(lines[above - 1].words)
    ):
        return above - 1
    return start


def _named_by_page(lines: list[Line], begin: int, end: int) -> tuple[int, int] | None:
    """The last stretch that the page itself calls a signature."""
    last = next((number for number in range(end - 1, begin - 1, -1) if lines[number].signed), None)
    if last is None:
        return None
    first = last
    while first > begin and (lines[first - 1].signed or lines[first - 1].blank):
        first -= 1
    while lines[first].blank:
        first += 1
    return _with_ruler(lines, begin, first), last + 1


def _block(lines: list[Line], begin: int, end: int, sender: Sender) -> tuple[int, int] | None:
    """A closing with details of the person below it, or such details alone."""
    if end <= begin:
        return None
    below = ruler = 0
    for number in range(end - 1, begin - 1, -1):
        line = lines[number]
        if line.cited or below > MOST_LINES:
            return None
        if not line.words.strip("| "):  # blank, or an empty row of a table written out
            continue
        if is_closing(line.words):
            return _closed(lines, number, end)
        if _closes_with_details(line.words):
            return number, end
        if dividers.is_ruler(line.words) and below:
            ruler = ruler or number
            continue
        if not contacts.fits(line.words):
            if contacts.is_note(vocabulary.low(line.words)):
                end, below = number, 0
                continue
            break
        below += 1
    if ruler:
        return _ruled(lines, ruler, end, sender)
    return _alone(lines, begin, end, sender)


def _closed(lines: list[Line], closing: int, end: int) -> tuple[int, int] | None:
    """From the closing on when more than a name stands below it."""
    below = [line.words for line in lines[closing + 1 : end] if not line.blank]
    details = sum(map(contacts.is_detail, below))
    offices = sum(map(contacts.is_office, below))
    if details or (offices and len(below) >= 2) or _is_card(below):
        return closing, end
    if vocabulary.low(lines[closing].words).strip(_EDGE) in vocabulary.phrases("thanks"):
        return None
    ruled = _with_ruler(lines, 0, closing)
    return (ruled, end) if ruled < closing and ruled and len(below) <= 4 else None


def _is_card(below: list[str]) -> bool:
    """A name and two lines more, none of which is a sentence."""
    return len(below) >= 3 and all(
        len(words) <= 60 and not words.endswith((".", "!")) and not words[0].islower() for words in below
    )


def _ruled(lines: list[Line], ruler: int, end: int, sender: Sender) -> tuple[int, int] | None:
    below = [line.words for line in lines[ruler + 1 : end] if not line.blank]
    told = sum(contacts.is_detail(words) or contacts.is_office(words) for words in below)
    named = sender.is_in(below[0]) or contacts.is_name(below[0])
    return (ruler, end) if len(below) <= 10 and (told or (named and len(below) <= 4)) else None


def _alone(lines: list[Line], begin: int, end: int, sender: Sender) -> tuple[int, int] | None:
    """A name with at least two ways to reach the person, as the last paragraph below others."""
    first = _paragraph(lines, begin, end)
    above = _trimmed(lines, begin, first)
    if above == begin or lines[above - 1].words.endswith((":", "：")):
        return None
    block = [line.words for line in lines[first:end] if line.words.strip("| ")]
    if not 2 <= len(block) <= 10 or not all(map(contacts.fits, block)):
        return None
    details = sum(map(contacts.is_detail, block))
    offices = sum(map(contacts.is_office, block[1:]))
    if sender.is_in(block[0]) and details + offices >= 1 and details:
        return first, end
    named = contacts.is_name(block[0]) and len(block[0].split()) >= 2
    return (first, end) if named and details >= 2 and details + offices >= 3 else None


def _closes_with_details(words: str) -> bool:
    """Whether the closing has it all on its line: "Regards, Anna Stone, tel. 07700 900123"."""
    closing, comma, rest = words.partition(",")
    return bool(comma) and is_closing(closing) and len(words) < 120 and contacts.is_detail(rest.strip())


def is_closing(words: str) -> bool:
    """Whether the line is "Best regards," or the like, perhaps with the name on it."""
    if len(words) > 80:
        return False
    if " / " in words:  # in two languages
        return all(is_closing(part.strip()) for part in words.split(" / "))
    known = vocabulary.phrases("regards") | vocabulary.phrases("thanks")
    bare = vocabulary.low(words).strip(_EDGE)
    if bare in known:
        return not (bare in vocabulary.phrases("thanks") and words.endswith((".", "!", "！", "。")))
    tokens = words.split()
    for count in range(min(6, len(tokens) - 1), 0, -1):
        if vocabulary.low(" ".join(tokens[:count])).strip(_EDGE) in known:
            rest = tokens[count:]
            parted = tokens[count - 1][-1] in ",.!:;-–" or len(tokens[count - 1]) > 3
            return parted and len(rest) <= MOST_NAME_WORDS and all(one[0].isupper() for one in rest)
    return False
