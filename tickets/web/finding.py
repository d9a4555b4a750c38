"""What the pages of customers and organisations can be asked for, as controls."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tickets import fields
from tickets.models import Customer, CustomField
from tickets.narrowing import IMPORTANCES
from tickets.web import own_filters
from tickets.web.value_fields import NOTHING
from tickets.web.values import CUSTOM, countries

WORDS = {value: word for word, value in IMPORTANCES.items()}


class Search(forms.Form):
    """Controls whose values are words of a filter; nonsense counts as not given."""

    owner: str
    q = forms.CharField(required=False, max_length=200)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="find-%s")
        self.own = fields.of(self.owner)
        for field in self.own:
            self.fields[f"{CUSTOM}{field.key}"] = own_filters.control(field)
        self.is_valid()

    def given(self) -> dict[str, str]:
        """The controls in which something stands."""
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def asked(self) -> dict[str, str]:
        """The same in words of the filter."""
        given = self.given()
        pairs = [
            f"{field.key}:{given[name]}" for field in self.own if (name := f"{CUSTOM}{field.key}") in given
        ]
        plain = {name: value for name, value in given.items() if not name.startswith(CUSTOM)}
        return {**plain, "custom": fields.line(pairs)} if pairs else plain

    def shown(self, request: HttpRequest, rows: Sequence[Any], after: str) -> dict[str, Any]:
        """What the template of a list shows: rows, and where those behind `after` are, "" for the end."""
        place = urlencode({**self.given(), "after": after})
        more = f"{request.path}?{place}" if after else ""
        return {"rows": rows, "more": more, "search": self, "first": "after" not in request.GET}

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(set(self.given()) - {"q"})

    @property
    def controls(self) -> list[Any]:
        return [self[name] for name in self.fields if name != "q"]


class CustomerSearch(Search):
    owner = CustomField.Of.CUSTOMER
    importance = forms.ChoiceField(required=False)
    language = forms.CharField(required=False, max_length=8)
    country = forms.ChoiceField(required=False)
    organisation = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def full_clean(self) -> None:
        words = [(WORDS[each], str(Customer.Importance(each).label)) for each in Customer.Importance]
        _offer(self.fields["importance"], _("Importance"), words)
        _offer(self.fields["country"], _("Country"), countries(get_language() or "en"))
        self.fields["language"].label = _("Language")
        super().full_clean()


class OrganisationSearch(Search):
    owner = CustomField.Of.ORGANISATION

    def asked(self) -> dict[str, str]:
        asked = super().asked()
        return {("name" if name == "q" else name): value for name, value in asked.items()}


def _offer(field: Any, label: str, choices: list[tuple[str, str]]) -> None:
    field.label, field.choices = label, [NOTHING, *choices]
