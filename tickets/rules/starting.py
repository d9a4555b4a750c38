"""Rules that a desk may begin with, in three languages; all switched off until an admin has tried them."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from tickets.models import Rule
from tickets.rules import keeping

SHIPPED = Path(__file__).with_name("shipped.json")


def missing() -> int:
    """How many of them are not there."""
    there = set(Rule.objects.exclude(origin="").values_list("origin", flat=True))
    return sum(1 for each in _shipped() if each["origin"] not in there)


@transaction.atomic
def load(language: str = "en") -> int:
    """Make those that are not there, switched off, named in this language; how many. Safe to call twice."""
    there = set(Rule.objects.exclude(origin="").values_list("origin", flat=True))
    names = set(Rule.objects.values_list("name", flat=True))
    made = 0
    for each in _shipped():
        origin, titles = each.pop("origin"), each.pop("names")
        name = titles.get(language[:2]) or titles["en"]
        if origin not in there and name not in names:
            keeping.make({"name": name, **each}, actor=None, origin=origin)
            made += 1
    return made


def _shipped() -> list[dict[str, Any]]:
    return list(json.loads(SHIPPED.read_text()))
