"""Days as the customer reads them: in their language, by the calendar of where they live. Pure."""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

DAYS = (2, 3, 5, 7, 14, 30)
_WITH_EN = {1: "jén", **dict.fromkeys((4, 5, 7, 9, 10, 11, 12, 14, 15, 17, 19, 21, 22, 24, 25, 27, 31), "én")}


def told(day: date, language: str, *, today: date | None = None) -> str:
    """22 November; 22 ноября; november 22. In another year than today's with the year."""
    locale = _locale(language)
    if today is None or day.year == today.year:
        return str(format_skeleton("MMMMd", day, locale=locale))
    return str(format_date(day, "long", locale=locale))


def on(day: date, language: str, *, today: date | None = None) -> str:
    """The same as an answer to "when": on 22 November; 22 ноября; november 22-én."""
    plain = told(day, language, today=today)
    if language.startswith("hu"):
        return f"{plain.removesuffix('.')}-{_WITH_EN.get(day.day, 'án')}"
    return f"on {plain}" if _locale(language).language == "en" else plain


def known(now: datetime, zone: str, language: str) -> dict[str, str]:
    """`date.today`, `date.tomorrow` and `date.in_3_days` (calendar days); each with `.on`, too."""
    today = now.astimezone(zone_of(zone)).date()
    days = {"today": 0, "tomorrow": 1, **{f"in_{days}_days": days for days in DAYS}}
    found = {}
    for name, ahead in days.items():
        day = today + timedelta(days=ahead)
        found[f"date.{name}"] = told(day, language, today=today)
        found[f"date.{name}.on"] = on(day, language, today=today)
    return found


def zone_of(name: str) -> tzinfo:
    """The time zone of this name; UTC where nobody knows it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")


def _locale(language: str) -> Locale:
    try:
        found = Locale.parse(language.replace("-", "_")) if language else None
    except (ValueError, UnknownLocaleError):
        found = None
    return Locale("en", "GB") if found is None or str(found) == "en" else found
