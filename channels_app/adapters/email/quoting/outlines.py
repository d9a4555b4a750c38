"""The outline of a letter: which lines are its writer's, which are quoted, where an earlier mail begins."""

from dataclasses import dataclass

from channels_app.adapters.email.quoting import dividers, introductions
from channels_app.adapters.email.quoting.introductions import Introduction, Strength
from channels_app.adapters.email.quoting.lines import Line

WRAPPED_AT = 60  # a quoted line that is longer may have lost its end to the next line
_NOT_AT_END = (".", "?", "!", ":", "…")


@dataclass
class Outline:
    """Roles by line: "own", "cited", "intro" or "" for a blank one; from `tail` on all is an earlier mail."""

    roles: list[str]
    tail: int
    forwarded: bool = False


def draw(lines: list[Line], *, forwards: bool) -> Outline:
    """The role of each line, from the first one down."""
    found = introductions.find(lines)
    outline = Outline([""] * len(lines), len(lines))
    number: int | None = 0
    while number is not None and number < len(lines):
        if lines[number].blank:
            number += 1
        elif lines[number].cited:
            number = _after_cited(lines, number, outline)
        elif (introduction := found.get(number)) and _introduces(lines, introduction):
            number = _after_introduction(lines, introduction, outline)
        else:
            number = _after_words(lines, number, outline, forwards=forwards)
    _take_ruler_above(lines, outline)
    _mend_wrapped(lines, outline)
    return outline


def _take_ruler_above(lines: list[Line], outline: Outline) -> None:
    """A ruler right above an earlier mail, or above a blank line over it, belongs to that mail."""
    above = next((n for n in range(outline.tail - 1, outline.tail - 3, -1) if n > 0 and lines[n].words), 0)
    if above and outline.tail < len(lines) and dividers.is_ruler(lines[above].words):
        outline.roles[above:] = [""] * (len(lines) - above)
        outline.tail = above


def _after_cited(lines: list[Line], number: int, outline: Outline) -> int | None:
    """The next line; None when here begins what goes to the end, as below."""
    if _is_groupwise(lines, number):
        outline.tail = number
        return None
    if "cited" not in outline.roles and dividers.is_forward(lines[number].words):
        outline.forwarded = True
        return None
    outline.roles[number] = "cited"
    return number + 1


def _after_introduction(lines: list[Line], introduction: Introduction, outline: Outline) -> int | None:
    if not _marked_below(lines, introduction):
        outline.tail = introduction.start
        return None
    outline.roles[introduction.start : introduction.end] = ["intro"] * (introduction.end - introduction.start)
    return _block_quotation(lines, introduction.end, outline.roles)


def _after_words(lines: list[Line], number: int, outline: Outline, *, forwards: bool) -> int | None:
    opening = dividers.opening_at(lines, number)
    if opening and not (is_announced(lines, number) and dividers.is_data(lines, number)):
        outline.forwarded = opening.kind == "forwarded" or (opening.kind == "fields" and forwards)
        outline.tail = number
        return None
    outline.roles[number] = "own"
    return number + 1


def _block_quotation(lines: list[Line], number: int, roles: list[str]) -> int:
    """A block quotation right below an introduction is quoted, whoever made it."""
    below = number
    while below < len(lines) and (lines[below].blank or lines[below].indented or lines[below].cited):
        below += 1
    if any(line.indented and not line.cited for line in lines[number:below]):
        for at in range(number, below):
            roles[at] = "" if lines[at].blank else "cited"
        return below
    return number


def _is_groupwise(lines: list[Line], number: int) -> bool:
    below = next((line for line in lines[number + 1 :] if not line.blank), None)
    return below is not None and not below.cited and dividers.is_groupwise(lines[number].raw)


def _introduces(lines: list[Line], introduction: Introduction) -> bool:
    return introduction.strength == Strength.SURE or _marked_below(lines, introduction)


def _marked_below(lines: list[Line], introduction: Introduction) -> bool:
    below = next((line for line in lines[introduction.end : introduction.end + 4] if not line.blank), None)
    return below is not None and (below.cited or below.indented)


def _mend_wrapped(lines: list[Line], outline: Outline) -> None:
    """Ends of quoted lines that were wrapped and stand below without their mark."""
    roles = outline.roles
    for number in range(1, outline.tail - 1):
        above, line, below = lines[number - 1], lines[number], lines[number + 1]
        if roles[number] != "own" or roles[number - 1] != "cited" or not below.cited:
            continue
        first = line.words.partition(" ")[0]
        is_long = len(above.raw) + 1 + len(first) > WRAPPED_AT and len(line.words) < len(above.words)
        if is_long and not above.words.endswith(_NOT_AT_END):
            roles[number] = "cited"


def is_announced(lines: list[Line], first: int) -> bool:
    """ "I get this error:" and then a line or some that only look quoted."""
    above = next((line for line in reversed(lines[:first]) if not line.blank), None)
    return above is not None and above.words.endswith((":", "："))
