"""What the steps of a macro may be, each checked before it is kept."""

from collections.abc import Mapping
from typing import Any

from tickets import fields
from tickets.macros.steps import ME, NAMES, SNOOZES, WORDS
from tickets.models import CustomField, Ticket
from tickets.properties import MAX_TAG

LONGEST = 20_000
MOST_TAGS = 20
EMPTY = ("tag_add", "tag_remove", "custom", *WORDS)  # that do nothing when nothing is in them


class Nonsense(ValueError):
    """Steps that cannot be: name of the step → what is wrong with it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = dict(errors)


def sound(steps: Mapping[str, Any]) -> dict[str, Any]:
    """The steps as they are kept, in the order of their doing, without empty ones. Raises Nonsense."""
    errors = {name: "There is no such step." for name in steps if name not in NAMES}
    kept: dict[str, Any] = {}
    for name in NAMES:
        if name in steps:
            try:
                kept[name] = _CHECKS[name](steps[name])
            except (ValueError, TypeError, fields.Wrong) as error:
                errors[name] = str(error) or "This cannot be."
    kept = {name: value for name, value in kept.items() if value or name not in EMPTY}
    if not errors and not kept:
        errors["steps"] = "A macro does at least one thing."
    if errors:
        raise Nonsense(errors)
    return kept


def _id(value: Any) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise ValueError("The id of one, or null for none.")


def _tags(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("A list of tags.")
    tags = sorted({" ".join(each.split()).lower()[:MAX_TAG] for each in value} - {""})
    if len(tags) > MOST_TAGS:
        raise ValueError(f"At most {MOST_TAGS} tags.")
    return tags


def _custom(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("Values by the keys of custom fields.")
    for key, one in value.items():
        fields.changed(CustomField.Of.TICKET, {}, {key: one})
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f"A text of at most {LONGEST} letters.")
    text = value.replace("\r\n", "\n").replace("\x00", "")
    return text if text.strip() else ""


def _snooze(value: Any) -> str:
    if value not in SNOOZES:
        raise ValueError(f"Choose from: {', '.join(SNOOZES)}.")
    return str(value)


_CHECKS: dict[str, Any] = {
    "team": _id,
    "assignee": lambda value: ME if value == ME else _id(value),
    "kind": lambda value: str(Ticket.Kind(value)),
    "priority": lambda value: int(Ticket.Priority(value)),
    "status": lambda value: str(Ticket.Status(value)),
    "tag_add": _tags,
    "tag_remove": _tags,
    "custom": _custom,
    "snooze": _snooze,
    **dict.fromkeys(WORDS, _words),
}
