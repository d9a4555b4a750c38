"""How one writes to the customer, as the page of a ticket shows it."""

from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tickets.manners import locating
from tickets.manners.beside import Beside
from tickets.web import values

FORMALITY = {
    "formal": lambda: pgettext("form of address", "Formal"),
    "polite": lambda: pgettext("form of address", "Formal at first, then as the customer writes"),
    "informal": lambda: pgettext("form of address", "Informal"),
}
ORDER = {"given": lambda: _("Given name first"), "family": lambda: _("Family name first")}
BECAUSE = {
    locating.COUNTRY: lambda: _("%(place)s, as in the record."),
    locating.PHONE: lambda: _("%(place)s, to judge by the phone number."),
    locating.DOMAIN: lambda: _("%(place)s, to judge by the address."),
    locating.ZONE: lambda: _("%(place)s, to judge by the time zone."),
    locating.LANGUAGE: lambda: _("By the language; the country is not known."),
}


def shown(found: Beside | None) -> dict[str, Any]:
    """What the panel prints; {} where nothing is known."""
    if found is None:
        return {}
    return {
        "code": found.place.code,
        "formality": FORMALITY[found.place.formality](),
        "order": ORDER[found.place.order](),
        "address": found.said.address,
        "care": found.said.care,
        "greeting": found.greeting,
        "ending": found.ending,
        "language": found.language,
        "holidays": found.holidays,
        "today": found.today,
        "because": BECAUSE[found.by]() % {"place": values.country_name(found.place.code)},
    }


def reader() -> str:
    return (get_language() or "en")[:2]
