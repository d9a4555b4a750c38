"""Customers by number: the same number is always the same person."""

import random
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

from tickets.models import Customer, Identity
from tickets.seeding.vocabulary import SPOKEN

TABLES = {
    Customer: "id name language time_zone country notes created_at",
    Identity: "customer_id kind value created_at",
}


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    address: str
    language: str
    country: str
    zone: str

    @property
    def sender(self) -> str:
        """As a From header says it."""
        return f"{in_header(self.name)} <{self.address}>"


def in_header(text: str) -> str:
    """Words as a mail header carries them (RFC 2047)."""
    return text if text.isascii() else f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


@lru_cache(maxsize=4096)
def person(number: int) -> Person:
    """Customer `number`, counted from 1."""
    rng = random.Random(number)
    language = rng.choices(("en", "ru", "hu"), weights=(5, 3, 2))[0]
    spoken = SPOKEN[language]
    names = (rng.choice(spoken.first_names), rng.choice(spoken.last_names))
    return Person(
        number=number,
        name=" ".join(reversed(names) if language == "hu" else names),
        address=f"customer{number}@mail{number % 50}.example",
        language=language,
        country=rng.choice(spoken.countries),
        zone=spoken.zone,
    )


def addresses(who: Person) -> list[str]:
    """Most write from one address, every seventh from two."""
    return [who.address, f"work.{who.address}"] if who.number % 7 == 0 else [who.address]
