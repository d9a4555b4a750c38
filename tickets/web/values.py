"""What stands in the fields of a ticket, customer or organisation, and where each of them is edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from tickets.models import Customer, CustomField, Organisation, Ticket

Kind = CustomField.Kind
CUSTOM = "custom-"
"""Before the key of a custom field, where a name may be that of a column too."""


@dataclass(frozen=True)
class Value:
    """A field of a row with what stands in it: ready to be printed."""

    name: str
    title: str
    text: str
    """What people read; "" when nothing stands there."""
    url: str
    """Where it is edited."""
    href: str = ""
    """Where a link leads."""


def of_ticket(ticket: Ticket, fields: Sequence[CustomField]) -> list[Value]:
    """The custom fields of a ticket: those of its kind, and others in which something stands."""
    base = _base("tickets:ticket-value", ticket.number)
    shown = [each for each in fields if each.is_shown_on(ticket.kind) or each.key in ticket.custom]
    return [_custom(field, ticket.custom, base) for field in shown]


def of_customer(customer: Customer) -> list[Value]:
    """What is known of a customer besides name and addresses; the notes are `notes`."""
    base = _base("tickets:customer-value", customer.pk)
    return [
        Value("organisation", _("Organisation"), str(customer.organisation or ""), f"{base}organisation/"),
        Value("importance", _("Importance"), customer.get_importance_display(), f"{base}importance/"),
        Value("language", _("Language"), language_name(customer.language), f"{base}language/"),
        Value("country", _("Country"), country_name(customer.country), f"{base}country/"),
        Value("time_zone", _("Time zone"), customer.time_zone.replace("_", " "), f"{base}time_zone/"),
    ]


def customers_own(customer: Customer, fields: Sequence[CustomField]) -> list[Value]:
    """The custom fields of a customer."""
    base = _base("tickets:customer-value", customer.pk)
    return [_custom(field, customer.custom, base) for field in fields]


def name_of(customer: Customer) -> Value:
    url = f"{_base('tickets:customer-value', customer.pk)}name/"
    return Value("name", pgettext("person", "Name"), customer.name, url)


def notes_of(row: Customer | Organisation) -> Value:
    where = "tickets:customer-value" if isinstance(row, Customer) else "tickets:organisation-value"
    return Value("notes", _("Notes"), row.notes, f"{_base(where, row.pk)}notes/")


def of_organisation(organisation: Organisation) -> list[Value]:
    base = _base("tickets:organisation-value", organisation.pk)
    return [
        Value("name", _("Name"), organisation.name, f"{base}name/"),
        Value("domains", _("Domains"), ", ".join(organisation.domains), f"{base}domains/"),
    ]


def organisations_own(organisation: Organisation, fields: Sequence[CustomField]) -> list[Value]:
    """The custom fields of an organisation."""
    base = _base("tickets:organisation-value", organisation.pk)
    return [_custom(field, organisation.custom, base) for field in fields]


def shown(field: CustomField, value: Any) -> str:
    """One value of a custom field as people read it."""
    if field.kind == Kind.NUMBER:
        return number_format(value, use_l10n=True, force_grouping=abs(value) >= 10_000)
    if field.kind == Kind.DATE:
        return date_format(date.fromisoformat(value), _("j F Y"))
    if field.kind == Kind.YES_NO:
        return _("Yes") if value else _("No")
    if field.kind == Kind.CHOICE:
        return field.option_title(value)
    if field.kind == Kind.SEVERAL:
        return ", ".join(field.option_title(each) for each in value)
    return str(value)


def language_name(code: str) -> str:
    """The language called `code` in the reader's own; the code itself when nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"]) if code else ""
    except KeyError:
        return code


def country_name(code: str) -> str:
    """The country called `code` (ISO 3166-1) in the reader's language; the code if nobody knows it."""
    return dict(countries(get_language() or "en")).get(code, code)


@lru_cache(maxsize=8)
def countries(language: str) -> list[tuple[str, str]]:
    """(code, name) of every country, by name in this language."""
    try:
        known = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        known = Locale("en").territories
    found = [(code, name) for code, name in known.items() if len(code) == 2 and code not in NO_COUNTRY]
    return sorted(found, key=lambda each: each[1])


NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
"""Codes of the list of places that are unions, tests or nowhere."""


def _custom(field: CustomField, custom: dict[str, Any], base: str) -> Value:
    url, value = f"{base}{CUSTOM}{field.key}/", custom.get(field.key)
    name, title = f"{CUSTOM}{field.key}", field.title
    if value is None:
        return Value(name, title, "", url)
    return Value(name, title, shown(field, value), url, href=value if field.kind == Kind.LINK else "")


def _base(name: str, which: int) -> str:
    """The beginning of the addresses of a row's values: reversed once, not for each of them."""
    return reverse(name, args=[which, "-"]).removesuffix("-/")
