"""The moment a Date field names (RFC 5322 3.3, 4.3), in all the ways programs have written one."""

import re
from datetime import UTC, datetime, timedelta, timezone

from channels_app.adapters.email.words import decode_words

FIRST_YEAR = 1970  # there was no mail with such a header before
LONGEST = 200

_HOURS_EAST = """
UT 0 UTC 0 GMT 0 Z 0 WET 0 WEST 1 BST 1 CET 1 MET 1 MEZ 1 CEST 2 MEST 2 MESZ 2 SAST 2 EET 2 EEST 3 MSK 3 MSD 4
SAMT 4 YEKT 5 OMST 6 KRAT 7 IST 5.5 HKT 8 SGT 8 AWST 8 JST 9 KST 9 ACST 9.5 AEST 10 AEDT 11 NZST 12 NZDT 13
NDT -2.5 ADT -3 BRT -3 ART -3 NST -3.5 AST -4 EDT -4 EST -5 CDT -5 CST -6 MDT -6 MST -7 PDT -7 PST -8 AKDT -8
AKST -9 HST -10
"""
_ZONES = {name: float(hours) for name, hours in re.findall(r"(\w+) (\S+)", _HOURS_EAST)}

# The months as they begin in English, German, French, Spanish, Italian, Portuguese, Polish, Czech, Hungarian,
# Dutch, Russian and Ukrainian; the longer beginnings are looked up first.
_MONTHS = {
    1: "jan ene gen sty led янв січ",
    2: "feb fév fev lut úno фев лют",
    3: "mar mär mrz mrt már bře мар бер",
    4: "apr abr avr ápr kwi dub апр кві",
    5: "may mai mag maj mei máj maio kvě май мая тра",
    6: "jun juin giu cze jún červn čvn июн чер",
    7: "jul juil lug lip júl července čvc июл лип",
    8: "aug ago aoû aou sie srp авг сер",
    9: "sep set szep wrz zář сен вер",
    10: "oct okt ott out paź paz říj окт жов",
    11: "nov lis ноя лис",
    12: "dec dez dic dic déc dic gru pro дек гру",
}
_STARTS = sorted(
    ((start, number) for number, starts in _MONTHS.items() for start in starts.split()),
    key=lambda one: -len(one[0]),
)

_HALF = r"(?:[.,]\d{1,9})?(?![\d:])\s*([AaPp]\.?[Mm]\b\.?)?"
_TIME = re.compile(rf"(?<![\d:.])(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?{_HALF}")
_DOTTED_TIME = re.compile(rf"(?<![\d:.])(\d{{1,2}})\.(\d{{2}})\.(\d{{2}}){_HALF}")
_NUMERIC_ZONE = re.compile(r"(?:\b[A-Za-z]{1,4})?\s*([+-])\s?(\d{1,2}):?(\d{2})?(?!\d)")
_NAMED_ZONE = re.compile(r"\b([A-Za-z]{1,4})\b")
_SPELLED_ZONE = re.compile(r"\b([A-Z])[a-z]+ ([SD])[a-z]+ (T)ime\b")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:de\s+)?([^\W\d_]{3,})[\s.,\-/]*(?:de\s+)?(\d{2,4})\b"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})[\s.,]+(\d{1,2})(?:st|nd|rd|th)?\b[\s,.]*(?:(\d{4})\b)?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2}|[^\W\d_]{3,})\s*[-/.月\s]\s*(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_YEAR = re.compile(r"\b(\d{4})\b")
_ISO_T = re.compile(r"(?<=\d)T(?=\d)")


def moment(raw: bytes, hint: str = "") -> datetime | None:
    """The moment in its own zone (UTC where none is named), None when it names none that can be true."""
    text = _ISO_T.sub(" ", decode_words(raw[:LONGEST], hint))
    time = _TIME.search(text) or _DOTTED_TIME.search(text)
    day = _day(text[: time.start()] + " " + text[time.end() :]) if time else None
    if time is None or day is None:
        return None
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[4]:
        hour = hour % 12 + 12 * (time[4][0] in "Pp")
    try:
        zone = timezone(timedelta(minutes=_offset(text[time.end() :])))
        start = datetime(*day, tzinfo=zone) + timedelta(days=hour == 24)
        found = start.replace(
            hour=0 if hour == 24 else hour, minute=minute, second=min(second, 59) if second < 62 else second
        )
        return found if found.astimezone(UTC).year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> tuple[int, int, int] | None:
    """Year, month, day, in whatever order they stand."""
    if found := _YEAR_FIRST.search(text):
        month = int(found[2]) if found[2].isdigit() else _month(found[2])
        return (int(found[1]), month, int(found[3])) if month else None
    for found in _DAY_FIRST.finditer(text):
        if month := _month(found[2]):
            return _year(found[3]), month, int(found[1])
    for found in _MONTH_FIRST.finditer(text):
        year = found[3] or next(iter(_YEAR.findall(text)), "")
        if (month := _month(found[1])) and year:
            return int(year), month, int(found[2])
    if found := _NUMBERS.search(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "/" and first <= 12:  # the American order, unless it cannot be
            first, second = second, first
        return _year(found[4]), second, first
    return None


def _month(word: str) -> int:
    word = word.lower()
    return next((number for start, number in _STARTS if word.startswith(start)), 0)


def _year(digits: str) -> int:
    """RFC 5322 4.3: two digits up to 49 are of this century, others and three digits of the last."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _offset(behind: str) -> float:
    """Minutes east of Greenwich, from what stands behind the time."""
    behind = behind.lstrip(' ("')
    if number := _NUMERIC_ZONE.match(behind):
        hours, minutes = int(number[2]), int(number[3] or 0)
        whole = hours * 60 + minutes
        return whole * (-1 if number[1] == "-" else 1)
    if spelled := _SPELLED_ZONE.search(behind):  # "Pacific Daylight Time"
        return _ZONES.get("".join(spelled.groups()), 0) * 60
    named = _NAMED_ZONE.match(behind) or _NAMED_ZONE.search(behind)
    return _ZONES.get(named[1].upper(), 0) * 60 if named else 0
