"""The customers of the demo: names that fit their language, with a town and a mail address."""

import random
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from channels_app.messages import Sender
from helpdesk.demo import shop
from tickets import customers
from tickets.models import Customer, Identity

_LETTERS = (
    "аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp "
    "рr сs тt уu фf хkh цts чch шsh щsch ъ ыy ь эe юyu яya"
)
_LATIN = {pair[0]: pair[1:] for pair in _LETTERS.split()}


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    gender: str
    language: str
    address: str
    city: str
    street: str
    country: str
    zone: str
    organisation: str = ""

    @property
    def full(self) -> str:
        """Family name first in Hungarian."""
        return f"{self.last} {self.first}" if self.language == "hu" else f"{self.first} {self.last}"


def people(language: str, count: int, rng: random.Random) -> list[Person]:
    """Different people of one language; every sixth writes from a company."""
    found = shop.facts()["people"][language]
    names = [(first, last, gender) for gender in "fm" for first in found[gender] for last in found["last"]]
    return [_person(language, name, number, rng) for number, name in enumerate(rng.sample(names, count))]


def settle(person: Person, at: datetime, rng: random.Random) -> Customer:
    """The person as a customer of the desk, known for a while before `at`."""
    customer = customers.resolve(Sender(identity_kind="email", identity=person.address, name=person.full))
    if customer.country:
        return customer
    customer.language, customer.country, customer.time_zone = person.language, person.country, person.zone
    customer.created_at = at - timedelta(days=rng.choice((0, 0, 30, 200, 900)), minutes=5)
    customer.save()
    Identity.objects.filter(customer=customer).update(created_at=customer.created_at)
    return customer


def renamed(person: Person, name: str) -> Person:
    """The same person under another name ("Last, First"), if one is given."""
    if not name:
        return person
    last, _comma, first = name.partition(", ")
    address = f"{latin(first)[:20]}.{latin(last)[:30]}@{person.address.partition('@')[2]}"
    return replace(person, first=first, last=last, address=address)


def latin(text: str) -> str:
    """A name as it stands in a mail address."""
    letters = "".join(_LATIN.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.replace(" ", "-") if letter.isalnum() or letter == "-").strip(
        "-"
    )


def _person(language: str, name: tuple[str, str, str], number: int, rng: random.Random) -> Person:
    first, last, gender = name
    found: dict[str, Any] = shop.facts()["people"][language]
    city, street, country, zone = rng.choice(found["places"])
    if language == "ru" and gender == "f":
        last = _of_a_woman(last)
    works = number % 6 == 5
    domain = rng.choice(shop.facts()["organisations_of"][language] if works else found["mail"])
    local = f"{latin(first)}.{latin(last)}" + ("" if works or number % 3 else str(60 + number % 40))
    organisation = shop.facts()["organisations"].get(domain, "")
    return Person(
        *(first, last, gender, language, f"{local}@{domain}", city, street, country, zone, organisation)
    )


def _of_a_woman(last: str) -> str:
    """The feminine form of a Russian family name."""
    if last.endswith(("ов", "ёв", "ев", "ин")):
        return f"{last}а"
    return f"{last[:-2]}ая" if last.endswith("ий") else last
