"""Custom fields: which there are, what their values may be, and finding rows by them."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from helpdesk.prepared import Lookup
from tickets.models import CustomField

Kind = CustomField.Kind
Values = dict[str, Any]
"""Key of a field → its value as JSON; a field without a value is not there."""

LONGEST = 2000
MOST = Decimal(10) ** 15
PLACES = 6
YES, NO = frozenset({"true", "yes", "1", "да", "igen"}), frozenset({"false", "no", "0", "нет", "nem"})

_active = Lookup(lambda: CustomField.objects.active(), planned=True)


class Wrong(Exception):
    """A value that its field cannot hold; the text says why, `key` names the field."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def every() -> list[CustomField]:
    """The fields in use, of tickets, customers and organisations, in their order; one fast query."""
    return _active()


def of(owner: str) -> list[CustomField]:
    """The fields in use of tickets, customers or organisations."""
    return [field for field in every() if field.of == owner]


def changed(owner: str, before: Values, given: Mapping[str, Any]) -> Values:
    """What `before` becomes when these values are given, each as JSON; None takes one away. Raises Wrong."""
    known = {field.key: field for field in of(owner)}
    after = dict(before)
    for key, value in given.items():
        if key not in known:
            raise Wrong(key, _("There is no field of this name."))
        if value is None or value in ("", []):
            after.pop(key, None)
        else:
            after[key] = checked(known[key], value)
    return after


def checked(field: CustomField, value: Any) -> Any:
    """The value, given as JSON, as it is kept. Raises Wrong."""
    return _CHECKS[Kind(field.kind)](field, value)


def typed(field: CustomField, text: str) -> Any:
    """What somebody has typed, or a cell of a file, as JSON; "" is None. Raises Wrong."""
    text = text.strip()
    if not text:
        return None
    if field.kind == Kind.NUMBER:
        return _decimal(field, re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
    if field.kind == Kind.YES_NO:
        return _truth(field, text)
    if field.kind == Kind.SEVERAL:
        return checked(field, [_option(field, part) for part in text.split(",") if part.strip()])
    return checked(field, _option(field, text) if field.kind == Kind.CHOICE else text)


def written(field: CustomField, value: Any) -> str:
    """A value as a cell of a file, which `typed` reads back."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, list) else str(value)


def holding(owner: str, text: str, prefix: str = "") -> Q:
    """The rows with these values: `key:value` pairs parted by commas; one with a comma is quoted.

    Raises Wrong. The exception of `{}` is what the index leaves out.
    """
    known = {field.key: field for field in of(owner)}
    wanted: Values = {}
    for pair in pairs(text):
        key, colon, value = pair.partition(":")
        key = key.strip()
        if not colon or key not in known:
            raise Wrong(key, _("There is no field called “%(key)s”.") % {"key": key[:40]})
        given = typed(known[key], value)
        if given is None:
            raise Wrong(key, _("Say which value is meant."))
        wanted[key] = [*wanted.get(key, []), *given] if isinstance(given, list) else given
    return Q(**{f"{prefix}custom__contains": wanted}) & ~Q(**{f"{prefix}custom": {}})


def pairs(text: str) -> Iterable[str]:
    """The `key:value` pairs of a filter. Raises Wrong."""
    try:
        return [each.strip() for each in next(csv.reader([text], skipinitialspace=True), []) if each.strip()]
    except csv.Error as error:
        raise Wrong("", str(error)) from error


def line(pairs: Iterable[str]) -> str:
    """Such pairs as one text, which `pairs` parts again; "" for none."""
    out = io.StringIO()
    if given := list(pairs):
        csv.writer(out, lineterminator="").writerow(given)
    return out.getvalue()


def told(owner: str, before: Values, after: Values) -> list[dict[str, Any]]:
    """What changed, for an event: the key, and the values unless people's own words may stand there."""
    plain = {field.key for field in of(owner) if field.kind not in (Kind.TEXT, Kind.LINK)}
    keys = [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
    return [
        {"field": key, "before": before.get(key), "after": after.get(key)} if key in plain else {"field": key}
        for key in keys
    ]


def _text(field: CustomField, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong(field.key, _("A text is wanted."))
    if len(value) > LONGEST:
        raise Wrong(field.key, _("At most %(most)d letters fit.") % {"most": LONGEST})
    if "\x00" in value:
        raise Wrong(field.key, _("A text is wanted."))
    return value.strip()


def _number(field: CustomField, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(field.key, _("A number is wanted."))
    return _decimal(field, repr(value))


def _decimal(field: CustomField, text: str) -> int | float:
    """A number that JSON keeps exactly enough: 15 digits before the point, six behind it."""
    try:
        number = Decimal(text) if len(text) <= 40 and re.fullmatch(r"[-+0-9.eE]+", text) else Decimal("NaN")
        if not number.is_finite() or abs(number) >= MOST:
            raise InvalidOperation
    except InvalidOperation as error:
        raise Wrong(field.key, _("A number is wanted.")) from error
    number = round(number, PLACES)
    return int(number) if number == number.to_integral_value() else float(number)


def _date(field: CustomField, value: Any) -> str:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise Wrong(field.key, _("A date is wanted, such as 2026-11-25."))


def _yes_no(field: CustomField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong(field.key, _("Yes or no is wanted."))
    return value


def _truth(field: CustomField, text: str) -> bool:
    if text.lower() not in YES | NO:
        raise Wrong(field.key, _("Yes or no is wanted."))
    return text.lower() in YES


def _choice(field: CustomField, value: Any) -> str:
    if not isinstance(value, str) or value not in field.values:
        choice = ", ".join(field.values)
        raise Wrong(field.key, _("Choose one of these: %(choice)s.") % {"choice": choice})
    return value


def _several(field: CustomField, value: Any) -> list[str]:
    """In the order of the list, each once."""
    if not isinstance(value, list):
        raise Wrong(field.key, _("Several values are wanted."))
    chosen = {_choice(field, each) for each in value}
    return [each for each in field.values if each in chosen]


def _link(field: CustomField, value: Any) -> str:
    """An address of the web, and nothing that a browser would run."""
    text = _text(field, value)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        good = False
    if not good:
        raise Wrong(field.key, _("An address of the web is wanted, such as https://shop.example/."))
    return text


def _option(field: CustomField, text: str) -> str:
    """A value of the list by its name in any language."""
    wanted = text.strip().casefold()
    for option in field.options:
        if wanted in {name.casefold() for name in (option["value"], *option.get("labels", {}).values())}:
            return option["value"]
    return text.strip()


_CHECKS = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.LINK: _link,
}
