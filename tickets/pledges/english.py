"""What an English sentence says of a time to come. Pure."""

import re
from datetime import date, datetime, time

from tickets.pledges.days import EVENING_ENDS, LAST_MINUTE, MORNING_ENDS, NOON, Desk, clock
from tickets.pledges.english_words import (
    BY,
    CUES,
    DAY,
    DEADLINE,
    DENIALS,
    HOUR,
    JOIN,
    MONTHS,
    NUMBERS,
    TIME,
    WEEKDAYS,
)

__all__ = ["CUES", "DEADLINE", "DENIALS", "RULES"]

PARTS = {
    "noon": NOON,
    "midday": NOON,
    "lunch": time(13),
    "lunchtime": time(13),
    "midnight": LAST_MINUTE,
    "morning": MORNING_ENDS,
    "evening": EVENING_ENDS,
}


def _day_then_time(match: re.Match[str], desk: Desk) -> datetime | None:
    found = _day(match, desk)
    return desk.at(found, _time(match) or _part_of(match)) if found else None


def _time_then_day(match: re.Match[str], desk: Desk) -> datetime | None:
    has_day = any(match[name] for name in ("near", "weekday", "iso", "d1", "d2", "d3", "end"))
    found = _day(match, desk) if has_day else None
    at = _time(match)
    if at is None and not match["part"]:
        return None
    return None if has_day and not found else desk.at(found, at)


def _day(match: re.Match[str], desk: Desk) -> date | None:
    named = match["near"] and match["near"].lower()
    if named:
        ahead = {"tomorrow": 1, "the day after tomorrow": 2}.get(named, 0)
        return desk.on(ahead).date()
    if match["weekday"]:
        which = (match["which"] or "").lower()
        wanted = WEEKDAYS.index(match["weekday"][:3].lower())
        return desk.weekday(wanted, next_week=which == "next", this=which == "this")
    if match["end"]:
        ahead = 1 if match["next"] or (match["rest"] or "").lower() == "next" else 0
        unit = (match["unit"] or "week").lower()
        ends = {"day": lambda: desk.on(ahead).date(), "week": lambda: desk.week_ends(ahead)}
        return ends[unit]() if unit in ends else desk.month_ends(ahead)
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return desk.dated(day, month, year)
    return _dated(match, desk)


def _dated(match: re.Match[str], desk: Desk) -> date | None:
    for number in "12":
        if match[f"d{number}"]:
            month = MONTHS.index(match[f"m{number}"][:3].lower()) + 1
            year = match[f"y{number}"]
            return desk.dated(int(match[f"d{number}"]), month, int(year) if year else None)
    first, second = int(match["d3"]), int(match["m3"])
    year = int(match["y3"]) if match["y3"] else None
    return desk.dated(first, second, year) or desk.dated(second, first, year)  # 28/11, or 11/28 overseas


def _time(match: re.Match[str]) -> time | None:
    if match["hour"]:
        hour = int(match["hour"]) % 12
        return clock(hour, match["minute"], afternoon=match["half"][0].lower() == "p")
    if match["hour24"]:
        return clock(match["hour24"], match["minute24"])
    if match["hour12"]:
        return clock(match["hour12"], afternoon=int(match["hour12"]) < 8)
    bare = match.groupdict().get("bare")
    if bare:
        return clock(bare, afternoon=int(bare) < 8)
    return PARTS.get((match["part"] or "").lower())


def _part_of(match: re.Match[str]) -> time | None:
    """This morning, tonight."""
    last = (match["near"] or "").lower().split(" ")[-1]
    return {"tonight": EVENING_ENDS, "morning": MORNING_ENDS, "evening": EVENING_ENDS}.get(last)


def _span(match: re.Match[str], desk: Desk) -> datetime | None:
    said = match["count"].lower()
    count = float(said) if said.isdecimal() else NUMBERS[said]
    unit = match["unit_"].lower().removesuffix("s").replace("business", "working")
    return desk.span(count, unit)


_COUNT = "|".join(sorted((*NUMBERS, r"\d{1,3}"), key=len, reverse=True))
RULES = [
    (
        re.compile(
            rf"\b(?:within|in|after) (?:the (?:next|coming) (?=\d|[a-z]))?(?P<count>{_COUNT}) "
            r"(?P<unit_>(?:(?:working|business) )?days?|minutes?|hours?|weeks?|months?)\b",
            re.I,
        ),
        _span,
    ),
    (re.compile(rf"\b{BY}{DAY}(?:{JOIN}(?:{TIME}|{HOUR}))?", re.I), _day_then_time),
    (re.compile(rf"\b{BY}{TIME}(?:,? ?(?:on )?{DAY})?", re.I), _time_then_day),
]
