"""The company's own fields among the filters: a control for each, and what they say as `key:value` pairs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from tickets import fields
from tickets.models import CustomField
from tickets.web.value_fields import NOTHING
from tickets.web.values import CUSTOM

Kind = CustomField.Kind


def control(field: CustomField) -> forms.Field:
    """A control that names one value of the field."""
    if field.kind in CustomField.LISTED:
        options = [(value, field.option_title(value)) for value in field.values]
        return forms.ChoiceField(required=False, label=field.title, choices=[NOTHING, *options])
    if field.kind == Kind.YES_NO:
        choices = [NOTHING, ("true", _("Yes")), ("false", _("No"))]
        return forms.ChoiceField(required=False, label=field.title, choices=choices)
    widget = forms.TextInput(attrs={"type": "date"} if field.kind == Kind.DATE else {})
    return forms.CharField(required=False, label=field.title, max_length=200, widget=widget)


def controls(owner: str) -> dict[str, forms.Field]:
    """A control for each of the owner's fields, by the name it has in a form."""
    return {f"{CUSTOM}{field.key}": control(field) for field in fields.of(owner)}


def written(given: Mapping[str, Any]) -> str:
    """What stands in the controls, as the filter `custom` takes it."""
    named = ((name, given.get(name)) for name in sorted(given) if name.startswith(CUSTOM))
    return fields.line(f"{name.removeprefix(CUSTOM)}:{value}" for name, value in named if value)


def asked(data: QueryDict) -> str | None:
    """The same of an address; None where it has no such control."""
    given = {name: data.get(name) for name in data if name.startswith(CUSTOM)}
    return written(given) if given else None


def spread(text: str) -> dict[str, str]:
    """What each control holds for this filter."""
    return {f"{CUSTOM}{key}": value for key, value in _parted(text)}


def told(text: str) -> list[tuple[str, str]]:
    """Each pair of the filter as people read it, with the filter without it."""
    known = {field.key: field for field in fields.of(CustomField.Of.TICKET)}
    parted = _parted(text)
    return [(_said(known.get(key), key, value), _without(parted, key)) for key, value in parted]


def _said(field: CustomField | None, key: str, value: str) -> str:
    if field is None:
        return f"{key}: {value}"
    if field.kind == Kind.YES_NO:
        value = _("Yes") if value == "true" else _("No")
    return f"{field.title}: {field.option_title(value) if field.kind in CustomField.LISTED else value}"


def _without(parted: Iterable[tuple[str, str]], key: str) -> str:
    return fields.line(f"{other}:{value}" for other, value in parted if other != key)


def _parted(text: str) -> list[tuple[str, str]]:
    try:
        pairs = list(fields.pairs(text))
    except fields.Wrong:
        return []
    return [(key.strip(), value.strip()) for key, _colon, value in (pair.partition(":") for pair in pairs)]
