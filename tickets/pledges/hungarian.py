"""What a Hungarian sentence says of a time to come. Pure."""

import re
from datetime import date, datetime, time

from tickets.pledges.days import EVENING_ENDS, MORNING_ENDS, NOON, Desk, clock
from tickets.pledges.hungarian_words import BY, CUES, DAY, DEADLINE, DENIALS, MONTHS, NUMBERS, TIME, WEEKDAYS

__all__ = ["CUES", "DEADLINE", "DENIALS", "RULES"]

PARTS = (
    ("délelőtt", MORNING_ENDS),
    ("délutá", None),
    ("dél", NOON),
    ("est", EVENING_ENDS),
    ("reg", time(10)),
)


def _day_then_time(match: re.Match[str], desk: Desk) -> datetime | None:
    found = _day(match, desk)
    return desk.at(found, _time(match)) if found else None


def _time_alone(match: re.Match[str], desk: Desk) -> datetime | None:
    at = _time(match)
    return desk.at(None, at) if at or match["part"] else None


def _day(match: re.Match[str], desk: Desk) -> date | None:
    if match["near"]:
        said = match["near"].lower()
        return desk.on(2 if said.startswith("holnapután") else 1 if said.startswith("holnap") else 0).date()
    if match["weekday"]:
        wanted = WEEKDAYS.index(match["weekday"][:3].lower())
        return desk.weekday(wanted, next_week=bool(match["next"]), this=bool(match["this"]))
    if match["end"]:
        ahead = 1 if match["later"] or (match["rest"] or "ezen a").lower() != "ezen a" else 0
        unit = (match["unit"] or "hét").lower()
        if unit.endswith("nap"):
            return desk.on(ahead).date()
        return desk.week_ends(ahead) if unit == "hét" else desk.month_ends(ahead)
    number = "1" if match["d1"] else "2"
    said = match[f"m{number}"].lower()
    month = int(said) if said.isdecimal() else MONTHS.index(said[:3]) + 1
    year = match[f"y{number}"]
    return desk.dated(int(match[f"d{number}"]), month, int(year) if year else None)


def _time(match: re.Match[str]) -> time | None:
    hour = match["hour"] or match["hours"]
    if hour:
        half = (match["half"] or "").lower()
        early = not half and int(hour) < 7
        return clock(hour, match["minute"], afternoon=half in ("délután", "este") or early)
    part = (match["part"] or "").lower()
    return next((at for beginning, at in PARTS if part.startswith(beginning)), None)


def _span(match: re.Match[str], desk: Desk) -> datetime | None:
    said = match["count"].lower()
    count = float(said) if said.isdecimal() else NUMBERS[said]
    word = match["unit_"].lower()
    for beginning, unit in (
        ("perc", "minute"),
        ("ór", "hour"),
        ("munkanap", "working day"),
        ("hét", "week"),
        ("het", "week"),
        ("hón", "month"),
    ):
        if word.startswith(beginning):
            return desk.span(count, unit)
    return desk.span(count, "day")


_COUNT = "|".join(sorted((*NUMBERS, r"\d{1,3}"), key=len, reverse=True))
RULES = [
    (
        re.compile(
            rf"\b(?:a következő |legkésőbb )?(?P<count>{_COUNT}) ?"
            r"(?P<unit_>perc|ór(?:a|án)|munkanap|nap|hét|het|hónap)"
            r"(?:en|on|ön)? (?:belül|múlva|alatt)\b",
            re.I,
        ),
        _span,
    ),
    (re.compile(rf"\b{BY}{DAY}(?:,? ?{TIME})?", re.I), _day_then_time),
    (re.compile(rf"\b{BY}{TIME}", re.I), _time_alone),
]
