"""Public holidays of a country that come, as the library `holidays` knows them."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import holidays

from tickets.manners import shipped

AHEAD = timedelta(days=10)
MOST = 3
_SUBSTITUTE = re.compile(r"\s*\((?:observed|substitute[^)]*|in lieu|estimated)\)")


class Holiday(NamedTuple):
    day: date
    name: str


def coming(country: str, today: date, language: str) -> list[Holiday]:
    """Those of the whole country from today on, ten days ahead; none where the library knows nothing."""
    found = [
        each for year in sorted({today.year, (today + AHEAD).year}) for each in of(country, year, language)
    ]
    return [each for each in found if today <= each.day <= today + AHEAD][:MOST]


def countries() -> set[str]:
    """Whose holidays are known."""
    return set(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=512)
def of(country: str, year: int, language: str) -> list[Holiday]:
    """All of a year: reckoned once, some take 20 ms. In the reader's language, else in English."""
    if country not in countries():
        return []
    known = holidays.list_localized_countries(include_aliases=False).get(country, [])
    spoken = next((each for each in (language, "en_US") if each in known), None)
    rows: Mapping[date, str] = holidays.country_holidays(country, years=year, language=spoken)
    return [Holiday(day, _name(name, language)) for day, name in sorted(rows.items())]


def _name(found: str, language: str) -> str:
    names = [_SUBSTITUTE.sub("", each) for each in found.split("; ")]
    return ", ".join(dict.fromkeys(shipped.day_names().get(each, {}).get(language, each) for each in names))
