"""Filling the blanks of a story: choices, names, products, dates."""

import random
import re
from datetime import datetime, timedelta
from html import unescape

from babel.dates import format_date

from helpdesk.demo import shop
from helpdesk.demo.crowd import Person

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}\s]+)\}")
_DATE = re.compile(r"date([+-]\d+)$")
_LINE_END = re.compile(r"<br>|</(?:p|div|h\d|li|tr|table|blockquote)>")
_ELEMENT = re.compile(r"<[^>]+>")


def slots(person: Person, agent: str, products: list[str], rng: random.Random) -> dict[str, str]:
    """What stands in the blanks of one story, the same from its first step to its last."""
    found = shop.facts()
    product = found["products"][rng.choice(products or list(found["products"]))]
    named = product[person.language]
    nominative, accusative = named if isinstance(named, list) else (named, named)
    price, amount = (found["prices"][person.language].format(value) for value in (product["price"], 15))
    return {
        "product": nominative,
        "product.acc": accusative,
        "price": price,
        "amount": amount,
        "order": f"TP-{rng.randint(26000, 29999)}",
        "ref": str(rng.randint(10000, 99999)),
        "first": person.first,
        "full": person.full,
        "city": person.city,
        "street": person.street,
        "organisation": person.organisation or person.full,
        "agent": agent,
        "а": "а" if person.gender == "f" else "",
    }


def filled(text: str, blanks: dict[str, str], at: datetime, language: str, rng: random.Random) -> str:
    """The text as it was written at that moment; an unknown blank stays as it stands."""

    def blank(found: re.Match[str]) -> str:
        if date := _DATE.match(found[1]):
            day = at + timedelta(days=int(date[1]))
            return format_date(day, "d MMMM" if language != "hu" else "MMMM d.", locale=language)
        return blanks.get(found[1], found[0])

    chosen = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
    return _SLOT.sub(blank, chosen)


def plain(html: str) -> str:
    """The words of a page, for the text part beside it."""
    lines = _LINE_END.sub("\n", html).split("\n")
    return "\n".join(unescape(" ".join(_ELEMENT.sub(" ", line).split())) for line in lines).strip()
