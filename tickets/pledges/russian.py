"""What a Russian sentence says of a time to come. Pure."""

import re
from datetime import date, datetime, time

from tickets.pledges.days import EVENING_ENDS, MORNING_ENDS, NOON, Desk, clock
from tickets.pledges.russian_words import (
    BY,
    CUES,
    DAY,
    DEADLINE,
    DENIALS,
    JOIN,
    MONTHS,
    NUMBERS,
    TIME,
    WEEKDAYS,
)

__all__ = ["CUES", "DEADLINE", "DENIALS", "RULES"]


def _day_then_time(match: re.Match[str], desk: Desk) -> datetime | None:
    found = _day(match, desk)
    return desk.at(found, _time(match)) if found else None


def _time_then_day(match: re.Match[str], desk: Desk) -> datetime | None:
    """A time needs a word before it: "в 15:00", but not "скидка 15.00"."""
    has_day = any(match[name] for name in ("near", "weekday", "end", "d1", "d2"))
    found = _day(match, desk) if has_day else None
    at = _time(match)
    if at is None and not (match["part"] or "").lower().startswith("кон"):
        return None
    return None if has_day and not found else desk.at(found, at)


def _day(match: re.Match[str], desk: Desk) -> date | None:
    if match["near"]:
        return desk.on({"сегодня": 0, "завтра": 1, "послезавтра": 2}[match["near"].lower()]).date()
    if match["weekday"]:
        wanted = WEEKDAYS.index(match["weekday"][:3].lower())
        return desk.weekday(wanted, next_week=bool(match["next"]), this=bool(match["this"]))
    if match["end"]:
        ahead = 1 if match["later"] or (match["rest"] or "этой").lower() != "этой" else 0
        unit = (match["unit"] or "недели").lower()
        if unit == "дня":
            return desk.today
        return desk.week_ends(ahead) if unit == "недели" else desk.month_ends(ahead)
    number = "1" if match["d1"] else "2"
    said = match[f"m{number}"].lower()
    month = int(said) if said.isdecimal() else MONTHS.index(said[:3]) + 1
    year = match[f"y{number}"]
    return desk.dated(int(match[f"d{number}"]), month, int(year) if year else None)


def _time(match: re.Match[str]) -> time | None:
    if match["hour"]:
        return clock(match["hour"], match["minute"])
    if match["hours"]:
        half = (match["half"] or "").lower()
        early = not half and int(match["hours"]) < 8
        return clock(match["hours"], afternoon=half in ("дня", "вечера") or early)
    part = (match["part"] or "").lower()
    for beginning, at in (("пол", NOON), ("обед", time(13)), ("вечер", EVENING_ENDS), ("утр", MORNING_ENDS)):
        if part.startswith(beginning):
            return at
    return None


def _span(match: re.Match[str], desk: Desk) -> datetime | None:
    said = (match["count"] or "").strip().lower()
    count = float(said) if said.isdecimal() else NUMBERS[said]
    word = match["unit_"].lower()
    for beginning, unit in (("мин", "minute"), ("час", "hour"), ("недел", "week"), ("мес", "month")):
        if word.startswith(beginning):
            return desk.span(count, unit)
    return desk.span(count, "working day" if match["working"] else "day")


_COUNT = "|".join(sorted((*filter(None, NUMBERS), r"\d{1,3}"), key=len, reverse=True))
RULES = [
    (
        re.compile(
            rf"\b(?:в течение|через|за|в ближайш\w+)(?: ближайш\w+)?(?P<count> (?:{_COUNT})|) ?(?:-?х )?"
            r"(?P<working>рабочих |рабочего |рабочие |рабочий )?"
            r"(?P<unit_>минут[уы]?|час(?:а|ов|ик\w*)?|дн(?:я|ей|и)|день|сут(?:ок|ки)|недел[ьюи]|месяц(?:а|ев)?)\b",
            re.I,
        ),
        _span,
    ),
    (re.compile(rf"\b{BY}{DAY}(?:{JOIN}{TIME})?", re.I), _day_then_time),
    (
        re.compile(rf"\b(?:не позднее|до|ко?|в)\b ?{TIME}(?:,? ?(?:в |во )?{DAY})?", re.I),
        _time_then_day,
    ),
]
