"""The one field of a form in which a value is edited, whatever it is a value of."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from helpdesk.accounts.zones import ZONES
from tickets import access, directory, fields
from tickets.models import Customer, CustomField, Organisation
from tickets.web.values import countries, language_name

Kind = CustomField.Kind
NOTHING = ("", "–")
OFFERED = 200
LONGEST_NOTES = 20_000


class CustomValueField(forms.Field):
    """A value of a custom field: typed, and checked by the field's own rules."""

    def __init__(self, field: CustomField) -> None:
        self.custom = field
        super().__init__(required=False, widget=_widget(field), label=field.title)

    def clean(self, value: Any) -> Any:
        try:
            if self.custom.kind == Kind.SEVERAL:
                chosen = list(value or [])
                return fields.checked(self.custom, chosen) if chosen else None
            return fields.typed(self.custom, str(value or ""))
        except fields.Wrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def prepare_value(self, value: Any) -> Any:
        """What stands in the control: as it is typed, but several are a list of ticks."""
        if value is None or isinstance(value, list | str):
            return value
        return fields.written(self.custom, value)


class OrganisationField(forms.CharField):
    """The name of an organisation that the colleague may see; "" for none."""

    def __init__(self, user: User) -> None:
        self.found = access.organisations(user)
        self.names = list(self.found.order_by("name").values_list("name", flat=True)[:OFFERED])
        widget = forms.TextInput(attrs={"list": "names"})
        super().__init__(required=False, max_length=160, label=_("Organisation"), widget=widget)

    def clean(self, value: Any) -> Organisation | None:
        name = super().clean(value)
        if not name:
            return None
        found = self.found.filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError(_("There is no organisation called “%(name)s”.") % {"name": name})
        return found


class DomainsField(forms.CharField):
    """Domains, parted by commas or spaces."""

    def clean(self, value: Any) -> list[str]:
        found = directory.domains(super().clean(value).replace(",", " ").split())
        wrong = next((each for each in found if "." not in each or "@" in each or len(each) > 253), "")
        if wrong:
            raise forms.ValidationError(_("This is no domain: %(domain)s") % {"domain": wrong[:80]})
        return found


def customers(customer: Customer, user: User) -> dict[str, Callable[[], forms.Field]]:
    """Name of a column → the field to edit it in."""
    return {
        "name": lambda: forms.CharField(required=False, max_length=200, label=_("Name")),
        "organisation": lambda: OrganisationField(user),
        "importance": lambda: forms.TypedChoiceField(
            choices=Customer.Importance.choices, coerce=int, label=_("Importance")
        ),
        "language": lambda: _choice(_("Language"), _languages(customer.language)),
        "country": lambda: _choice(_("Country"), countries(get_language() or "en")),
        "time_zone": lambda: _choice(_("Time zone"), [(name, name.replace("_", " ")) for name in ZONES]),
        "notes": _notes,
    }


def organisations() -> dict[str, Callable[[], forms.Field]]:
    """Name of a column → the field to edit it in."""
    return {
        "name": lambda: forms.CharField(max_length=160, label=_("Name")),
        "domains": lambda: DomainsField(
            required=False,
            max_length=4000,
            label=_("Domains"),
            help_text=_("Who writes from there belongs to the organisation."),
        ),
        "notes": _notes,
    }


def form(field: forms.Field, value: Any, data: Any = None) -> forms.Form:
    """A form of this one field, `value` standing in it."""
    made = forms.Form(data, initial={"value": value}, auto_id="edited-%s")
    made.fields["value"] = field
    field.widget.attrs |= {"autofocus": True, "autocomplete": "off"}
    return made


def _widget(field: CustomField) -> forms.Widget:
    if field.kind in (Kind.CHOICE, Kind.SEVERAL):
        options = [(value, field.option_title(value)) for value in field.values]
        if field.kind == Kind.SEVERAL:
            return forms.CheckboxSelectMultiple(choices=options)
        return forms.Select(choices=[NOTHING, *options])
    if field.kind == Kind.YES_NO:
        return forms.Select(choices=[NOTHING, ("true", _("Yes")), ("false", _("No"))])
    if field.kind == Kind.DATE:
        return forms.TextInput(attrs={"type": "date"})
    if field.kind == Kind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "decimal"})
    if field.kind == Kind.LINK:
        return forms.URLInput()
    return forms.TextInput(attrs={"maxlength": fields.LONGEST})


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=label, choices=[NOTHING, *choices])


def _languages(now: str) -> list[tuple[str, str]]:
    """Every language that has a name, and the one that is chosen now."""
    codes = {code for code, info in LANG_INFO.items() if "name" in info and len(code) <= 8} | {now} - {""}
    return sorted(((code, language_name(code)) for code in codes), key=lambda each: each[1])


def _notes() -> forms.Field:
    return forms.CharField(
        required=False, max_length=LONGEST_NOTES, label=_("Notes"), widget=forms.Textarea(attrs={"rows": 4})
    )
