"""Where an earlier mail begins: rulers with words, copied header fields, "reply above this line"."""

import re
from dataclasses import dataclass

from channels_app.adapters.email.quoting import vocabulary
from channels_app.adapters.email.quoting.lines import Line

MOST_FIELDS = 40  # lines that copied header fields take at most
MOST_DATA = 8
SHORTEST_SUBJECT = 2

_RULED = re.compile(r"([-_=*–—>]{2,}) ?([^-_=*–—].{0,70}?) ?([-_=*–—<]{2,}):?$")
_GMAIL_FORWARD = re.compile(r"-{10} .{3,60} -{9,10}$")
_RULER = re.compile(r"[_\-=*–—─⸻━]{3,}$|(?:[-*_] ){2,}[-*_]$")
_FIELD = re.compile(
    r"[*_|]{0,2}([^\s:：*_<>@][^:：*<>@]{0,28}?) ?[*_]{0,2} ?[:：][*_]{0,2}(?: (.*)|$|(?=\S)(?!//)(.*))"
)
_GROUPWISE = re.compile(r"^>>> .{5,200}(?: >>>|:)$")
_ONE_LINE = re.compile(r"(?:^|[ *;])([^\W\d_][^\s:：@<>]{0,14}) ?[*]?[:：]")
_TIME_OF_DAY = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?![\d.])")
# Notes names its picture "Inactive hide details for X---12/11/2026 09:14:21---beginning of the mail".
_NOTES = re.compile(r"---\d[\d./-]+ \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: [AP]M)?---")
_PREFIXES = re.compile(r"^(?:\s*\w{1,12}(?:\[\d{1,3}\])? ?[:：])+\s*")
_PERSON = re.compile(r"[:：].+[<\[][^<>\[\]\s]+@[^<>\[\]\s]+[>\]]")
_ENTRY = re.compile(r"##-|##|-{2,}|={2,}|\*{2,}|—|_{2,}")


@dataclass(frozen=True)
class Opening:
    """`kind`: "reply" for an answered mail, "forwarded", "fields" when only the subject can tell."""

    kind: str
    start: int


def opening_at(lines: list[Line], number: int) -> Opening | None:
    """Whether an earlier mail begins at this line, which is not quoted."""
    words, hint = lines[number].words, lines[number].opens
    if hint == "forwarded" or is_forward(words):
        return Opening("forwarded", number)
    if _is_ruled(words, "original"):
        return Opening("fields", number)  # Outlook wrote it over forwards, too
    if is_marker(words):
        return Opening("reply", number)
    if _GMAIL_FORWARD.match(words):
        return Opening("forwarded", number)
    if hint == "block" or ("---" in words and _NOTES.search(words)):
        return Opening("fields", number)
    if not _RULER.match(words):
        return Opening("fields", number) if is_block(lines, number) else None
    below = _next(lines, number + 1)
    if below is not None and below - number <= 3 and is_block(lines, below, ruled=True):
        return Opening("fields", number)
    return None


def is_groupwise(raw: str) -> bool:
    """Whether it is GroupWise's line, ">>> Anna 22.11.2026 14:05 >>>", which only looks quoted."""
    return bool(_GROUPWISE.match(raw.strip()))


def is_forward(words: str) -> bool:
    """Whether it is "---- Forwarded message ----" or "Begin forwarded message:"."""
    return _is_ruled(words, "forwarded")


def is_ruler(words: str) -> bool:
    return bool(_RULER.match(words))


def is_marker(words: str) -> bool:
    """Whether it is "reply above this line", of our mails or of another desk's."""
    if not 8 < len(words) < 160:
        return False
    low = vocabulary.low(words)
    if not vocabulary.anywhere("above").search(low):
        return False
    return bool(_ENTRY.match(words)) or len(words) < 90


def hint_by_subject(lines: list[Line], subject: str) -> None:
    """Marks where fields begin that end in what an answer's subject answers, whatever language names them.

    There are three at least, in a row, the first names a person, and a time of day is among them: a form of
    the web may repeat its subject, too.
    """
    prefix = _PREFIXES.match(subject)
    bare = " ".join(subject[prefix.end() :].split()) if prefix else ""
    if len(bare) < SHORTEST_SUBJECT:
        return
    for number, line in enumerate(lines):
        if number >= 2 and line.words.endswith(bare) and _is_unknown_field(line.words):
            first = number
            while first > max(0, number - MOST_DATA) and _is_unknown_field(lines[first - 1].words):
                first -= 1
            above = " ".join(each.words for each in lines[first:number])
            if number - first >= 2 and _PERSON.search(lines[first].words) and _TIME_OF_DAY.search(above):
                lines[first].opens = lines[first].opens or "block"


def _is_unknown_field(words: str) -> bool:
    found = _FIELD.match(words)
    return found is not None and bool(found[2] or found[3])


def field_at(lines: list[Line], number: int) -> tuple[frozenset[str], str] | None:
    """What the copied header field in a line may stand for, and its value; None when there is no field."""
    roles = _field(lines[number].words)
    found = _FIELD.match(lines[number].words) if roles else None
    return (roles, (found[2] or found[3] or "").strip(" *_")) if roles and found else None


def is_field(line: Line) -> bool:
    """Whether the line is a header field, by its name."""
    return _field(line.words) is not None


def _is_ruled(words: str, kind: str) -> bool:
    """Whether it is such a phrase between rulers, or "Begin forwarded message:" without them."""
    known = vocabulary.phrases(kind)
    ruled = _RULED.match(words)
    if ruled:
        low = vocabulary.low(ruled[2]).strip(" :*")
        return low in known or any(low.startswith(f"{phrase} ") for phrase in known if len(phrase) > 10)
    if not words.endswith((":", "：")) and not words.startswith(("-", "—")):
        return False
    return len(words) < 80 and vocabulary.low(words).strip(" :：*-—>_") in known


def is_block(lines: list[Line], number: int, *, ruled: bool = False) -> bool:
    """Whether header fields of another mail begin here: from whom, and when, to whom or about what."""
    first = _field(lines[number].words)
    if first is None:
        return False
    if _in_one_line(lines[number].words):
        return True
    seen: list[frozenset[str]] = []
    blanks = others = 0
    has_address = False
    for line in lines[number : number + MOST_FIELDS]:
        roles = _field(line.words)
        has_address |= "@" in line.words and (roles is not None or others > 0)
        if roles is not None:
            seen.append(roles)
            blanks = others = 0
        elif line.blank:
            blanks += 1
        else:
            others += 1
        if blanks > 1 or others > 3 or (others and blanks and len(seen) > 1):
            break
    return _is_enough(seen, has_address, ruled)


def is_data(lines: list[Line], number: int) -> bool:
    """Whether fields name neither an address nor a time of day: a parcel has a sender and a subject, too."""
    if lines[number].opens or _is_ruled(lines[number].words, "original"):
        return False
    fields = [line.words for line in lines[number : number + MOST_DATA] if _field(line.words)]
    return bool(fields) and not any("@" in words or _TIME_OF_DAY.search(words) for words in fields)


def _is_enough(seen: list[frozenset[str]], has_address: bool, ruled: bool) -> bool:
    """Each role once: "Data" is a date in one language and nothing else in the same block."""
    roles = frozenset().union(*seen)
    if "from" not in roles or "other" in seen[0]:
        return False
    count = min(len(seen), len(roles & {"from", "date", "to", "copy", "subject"}))
    if ruled and count >= 2:
        return True
    return count >= 3 and "date" in roles and (has_address or "subject" in roles)


def _in_one_line(words: str) -> bool:
    known = vocabulary.header_roles()
    named = [known[name] for found in _ONE_LINE.findall(words) if (name := vocabulary.low(found)) in known]
    if len(named) < 3 or "from" not in named[0]:
        return False
    return {"from", "date", "subject"} <= frozenset().union(*named)


def _field(words: str) -> frozenset[str] | None:
    found = _FIELD.match(words) if words else None
    return vocabulary.header_roles().get(vocabulary.low(found[1]).strip()) if found else None


def _next(lines: list[Line], number: int) -> int | None:
    return next((at for at in range(number, min(len(lines), number + 4)) if not lines[at].blank), None)
