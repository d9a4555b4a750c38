"""All that helps to write to one customer: the note on their place, greeting, holidays, time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from helpdesk.accounts.zones import zone
from tickets.manners import days, greeting, locating, notes
from tickets.manners.days import Holiday
from tickets.manners.places import Place, Words
from tickets.models import Customer, Identity


@dataclass(frozen=True, kw_only=True)
class Beside:
    place: Place
    by: str
    """What told the place, as in `locating`."""
    said: Words
    greeting: str
    ending: str
    language: str
    """In which the greeting and the closing words are."""
    holidays: list[Holiday]
    today: datetime
    """The time there, as far as it is known; else here."""
    has_time: bool


def of(
    customer: Customer, identities: Iterable[Identity], now: datetime, *, reader: str, written: str = ""
) -> Beside | None:
    """For a reader of this language; `written` is the language one answers in. Asks no table of its own.

    None when nothing tells where they live or what they speak.
    """
    places, by_kind = notes.every(), _by_kind(identities)
    located = locating.locate(
        places,
        country=customer.country,
        phones=by_kind.get(Identity.Kind.PHONE, ()),
        addresses=by_kind.get(Identity.Kind.EMAIL, ()),
        zone=customer.time_zone,
        languages=[language for language in (customer.language, written) if language],
    )
    if located is None:
        return None
    place = located.place
    spoken = _spoken(place, written or customer.language)
    where = customer.time_zone or place.zone
    there = timezone.localtime(now, zone(where)) if where else timezone.localtime(now)
    return Beside(
        place=place,
        by=located.by,
        said=place.said(reader),
        greeting=greeting.line(spoken, customer.name, order=place.order if place.is_country else ""),
        ending=spoken.ending,
        language=spoken.language,
        holidays=days.coming(place.code, there.date(), reader) if located.by != locating.LANGUAGE else [],
        today=there,
        has_time=bool(where) and located.by != locating.LANGUAGE,
    )


def _spoken(place: Place, language: str) -> Place:
    """Whose greeting it is: that of the place where its language is written, else of the language."""
    code = language.partition("-")[0]
    if not code or code == place.language:
        return place
    return locating.of_language(notes.every(), code) or place


def _by_kind(identities: Iterable[Identity]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in identities:
        found.setdefault(each.kind, []).append(each.value)
    return found
