"""Which state of a row somebody has seen: so that nobody overwrites what they have not read."""

import hashlib

from django.db.models import Model

PLACE = "position"
"""Where a row stands in its list: not what it says, and nothing that a form of it could overwrite."""


class Stale(Exception):
    """The row has changed since the caller read it."""


def of(row: Model) -> str:
    """A short name for the state of this row: another one as soon as any of its columns but PLACE changes."""
    said = (field for field in row._meta.concrete_fields if field.attname != PLACE)
    values = [f"{field.attname}={field.value_to_string(row)}" for field in said]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:20]


def check(row: Model, expected: str) -> None:
    """Raises Stale unless the (locked) row is in the state `expected`; "" expects nothing."""
    if expected and of(row) != expected:
        raise Stale(str(row))
