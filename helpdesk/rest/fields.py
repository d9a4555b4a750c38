"""Fields that take JSON at its word: a number is no text, "yes" is no truth value."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

BIGGEST = 2**53 - 1  # what every JSON reader keeps exact (RFC 8259, 6)


class Text(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Number(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": BIGGEST, **options})

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Row(Number):
    """The id of a row that the caller may see; of others it is said that there are none."""

    def __init__(self, fetch: Any, **options: Any) -> None:
        super().__init__(**options)
        self.fetch = fetch

    def run_validation(self, data: Any = empty) -> Any:
        pk = super().run_validation(data)
        if pk is None:
            return None
        found = self.fetch(self.context["request"].user).filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError("There is nothing with this id, or nothing that you may see.")
        return found


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Truth(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Address(serializers.EmailField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Words(serializers.ListField):
    """A list of short texts."""

    def __init__(self, *, longest: int, most: int, **options: Any) -> None:
        super().__init__(child=Text(max_length=longest), max_length=most, **options)


class Strict(serializers.Serializer):
    """What a request may say. Anything else is refused by name: a slip must not pass in silence."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and (unknown := self._unknown(data)):
            raise serializers.ValidationError({name: ["There is no such field here."] for name in unknown})
        return super().to_internal_value(data)

    def _unknown(self, data: Iterable[str]) -> list[str]:
        known = {name for name, field in self.fields.items() if not field.read_only}
        return sorted(set(data) - known)[:20]


class Nothing(Strict):
    """An empty object, or no body at all."""
