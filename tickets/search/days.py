"""Days, months and spans as people type them into a search. Pure but for the present time zone."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

TODAY = frozenset({"today", "сегодня", "ma"})
YESTERDAY = frozenset({"yesterday", "вчера", "tegnap"})
_SPAN = re.compile(r"([1-9]\d{0,3})(d|w|m|y|д|н|м|г|n|h|é)", re.IGNORECASE)
# Hungarian has n(ap), h(ét), h(ónap) and é(v): h is the week here, as m is the month everywhere.
_DAYS = {"d": 1, "д": 1, "n": 1, "w": 7, "н": 7, "h": 7, "m": 30, "м": 30, "y": 365, "г": 365, "é": 365}
_FORMS = (
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})\.?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})\.?"),
    re.compile(r"(?P<y>\d{4})"),
)
Period = tuple[datetime, datetime]
"""From a moment to another, which does not belong to it."""


def period(text: str, now: datetime) -> Period | None:
    """The day, month, year or span that is meant, in the present time zone; None for nonsense.

    "2026-11-25", "25.11.2026", "2026-11", "2026", "today", "yesterday"; "7d" is from seven days ago to now.
    """
    word = text.strip().lower()
    today = timezone.localtime(now).date()
    if word in TODAY:
        return _between(today, today + timedelta(days=1))
    if word in YESTERDAY:
        return _between(today - timedelta(days=1), today)
    if found := _SPAN.fullmatch(word):
        return now - timedelta(days=min(int(found[1]) * _DAYS[found[2].lower()], 36500)), now
    return next(filter(None, (_read(form.fullmatch(word)) for form in _FORMS)), None)


def _read(found: re.Match[str] | None) -> Period | None:
    if found is None:
        return None
    given = {name: int(value) for name, value in found.groupdict().items()}
    try:
        first = date(given["y"], given.get("m", 1), given.get("d", 1))
        if not 1970 <= first.year <= 9000:
            return None
        if "d" in given:
            return _between(first, first + timedelta(days=1))
        months = 1 if "m" in given else 12
        after = first.year * 12 + first.month - 1 + months
        return _between(first, date(after // 12, after % 12 + 1, 1))
    except ValueError:
        return None


def _between(first: date, after: date) -> Period:
    zone = timezone.get_current_timezone()
    start, end = (datetime.combine(each, time.min, tzinfo=zone) for each in (first, after))
    return start, end
