"""Which place somebody belongs to, by what is known of them. Pure: it asks no table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from babel.core import get_global

from tickets.manners.places import Place

Found = TypeVar("Found")

COUNTRY, PHONE, DOMAIN, ZONE, LANGUAGE = "country", "phone", "domain", "zone", "language"


@dataclass(frozen=True)
class Located:
    place: Place
    by: str
    """What told it: COUNTRY is what stands in the record, the others are a guess."""


def locate(
    places: Mapping[str, Place],
    *,
    country: str = "",
    phones: Iterable[str] = (),
    addresses: Iterable[str] = (),
    zone: str = "",
    languages: Iterable[str] = (),
) -> Located | None:
    """The place, what is surest first; None when nothing tells it, or there is no note on it.

    A country that stands in the record and has no note is not overruled by a guess: then the language speaks.
    """
    if country:
        found = places.get(country.upper())
        return Located(found, COUNTRY) if found else _by_language(places, languages)
    for by, code in (
        (PHONE, _first(_by_phone(places, each) for each in phones)),
        (DOMAIN, _first(_by_domain(places, each) for each in addresses)),
        (ZONE, get_global("zone_territories").get(zone, "")),
    ):
        if code and code in places:
            return Located(places[code], by)
    return _by_language(places, languages)


def of_language(places: Mapping[str, Place], language: str) -> Place | None:
    """How one writes in a language: its own note, else that of a country where it is spoken."""
    code = language.partition("-")[0].lower()
    code = {"no": "nb", "nn": "nb"}.get(code, code)
    if code in places:
        return places[code]
    return next((each for each in places.values() if each.language == code), None) if code else None


def _by_language(places: Mapping[str, Place], languages: Iterable[str]) -> Located | None:
    found = _first(of_language(places, each) for each in languages)
    return Located(found, LANGUAGE) if found else None


def _by_phone(places: Mapping[str, Place], number: str) -> str:
    """By the longest prefix: numbers of Kazakhstan begin like Russian ones."""
    digits = number.removeprefix("+")
    known = (
        (prefix, each.code) for each in places.values() for prefix in each.phone if digits.startswith(prefix)
    )
    return max(known, key=lambda each: len(each[0]), default=("", ""))[1] if number.startswith("+") else ""


def _by_domain(places: Mapping[str, Place], address: str) -> str:
    ending = address.rpartition(".")[2].lower()
    return next((each.code for each in places.values() if ending and each.domain == ending), "")


def _first(found: Iterable[Found]) -> Found | None:
    return next((each for each in found if each), None)
