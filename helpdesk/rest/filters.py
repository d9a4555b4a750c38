"""The kinds of filters that addresses may have; each says how the API's description shows it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django_filters import CharFilter, ChoiceFilter, Filter, IsoDateTimeFilter
from django_filters.fields import IsoDateTimeField

BIGGEST = 2**53 - 1
SPAN = re.compile(r"([1-9][0-9]{0,3})([hdw])")
UNITS = {"h": "hours", "d": "days", "w": "weeks"}


class WordsField(forms.CharField):
    """Some of a few words, parted by commas."""

    def __init__(self, *, words: Iterable[str], **options: Any) -> None:
        self.words = list(words)
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        given = [word.strip() for word in super().clean(value).split(",") if word.strip()]
        if unknown := sorted(set(given) - set(self.words)):
            text = f"There is no {unknown[0][:40]!r}. Choose from: {', '.join(self.words)}."
            raise forms.ValidationError(text)
        return given


class SomebodyField(forms.CharField):
    """A number, or one of a few words that stand for one or for none."""

    def __init__(self, *, words: Iterable[str], **options: Any) -> None:
        self.words = list(words)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        number = given.isascii() and given.isdecimal() and 0 < int(given[:17]) <= BIGGEST
        if given and given not in self.words and not number:
            raise forms.ValidationError(f"A number, or one of: {', '.join(self.words)}.")
        return given


class YesNoField(forms.CharField):
    """`true` or `false`, and nothing that looks like them."""

    words = ("true", "false")

    def clean(self, value: Any) -> bool | None:
        given = super().clean(value)
        if given and given not in self.words:
            raise forms.ValidationError("Either true or false.")
        return given == "true" if given else None


class SpanField(forms.CharField):
    """A span of time: `4h`, `3d`, `2w`."""

    def clean(self, value: Any) -> timedelta | None:
        given = super().clean(value)
        if not given:
            return None
        match = SPAN.fullmatch(given)
        if match is None:
            raise forms.ValidationError("Hours, days or weeks, such as 4h, 3d or 2w.")
        return timedelta(**{UNITS[match[2]]: int(match[1])})


class Span(Filter):
    field_class = SpanField

    def describes(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{SPAN.pattern}$"}


class Words(Filter):
    field_class = WordsField

    def describes(self) -> dict[str, Any]:
        words = {"type": "string", "enum": list(self.extra["words"])}
        return {"type": "array", "items": words, "minItems": 1}


class Somebody(Filter):
    field_class = SomebodyField

    def describes(self) -> dict[str, Any]:
        words = "|".join(self.extra["words"])
        return {"type": "string", "pattern": f"^([1-9][0-9]{{0,14}}|{words})$"}


class Id(Filter):
    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": BIGGEST, **options})

    def describes(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1, "maximum": BIGGEST}


class OneOf(ChoiceFilter):
    """One of a few words."""

    def __init__(self, words: Iterable[str], **options: Any) -> None:
        super().__init__(choices=[(word, word) for word in words], **options)

    def describes(self) -> dict[str, Any]:
        return {"type": "string", "enum": [word for word, _label in self.extra["choices"]]}


class YesNo(Filter):
    field_class = YesNoField

    def describes(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(YesNoField.words)}


class Text(CharFilter):
    def describes(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.extra["max_length"]}


class MomentField(IsoDateTimeField):
    """A time in UTC: PostgreSQL takes fewer offsets than the notation allows."""

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError as error:
            raise forms.ValidationError("This time is out of reach.") from error


class Moment(IsoDateTimeFilter):
    field_class = MomentField

    def describes(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


def since(column: str, text: str = "") -> Moment:
    return Moment(field_name=column, lookup_expr="gte", help_text=text or "At this time or later.")


def before(column: str, text: str = "") -> Moment:
    return Moment(field_name=column, lookup_expr="lt", help_text=text or "Before this time.")
