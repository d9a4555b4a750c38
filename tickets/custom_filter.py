"""The filter by values of custom fields, for tickets, customers and organisations alike."""

from typing import Any

from django import forms
from django.db.models import Q
from django_filters import Filter

from tickets import fields

LONGEST = 400


class CustomTerms(forms.CharField):
    """`key:value` pairs, read as the rows that have them; of what no field can hold there are none."""

    def __init__(self, *, owner: str, **options: Any) -> None:
        self.owner = owner
        super().__init__(**options)

    def clean(self, value: Any) -> Q | None:
        given = super().clean(value)
        try:
            return fields.holding(self.owner, given) if given else None
        except fields.Wrong:
            return Q(pk__in=[])


class Custom(Filter):
    """Rows with values in custom fields."""

    field_class = CustomTerms

    def __init__(self, owner: str) -> None:
        text = "Values of custom fields: `key:value`, parted by commas; a pair with a comma in double quotes."
        super().__init__(owner=owner, max_length=LONGEST, help_text=text)

    def filter(self, found: Any, value: Q | None) -> Any:
        return found.filter(value) if value else found

    def describes(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[a-z][a-z0-9_]*:.+$", "maxLength": LONGEST}
