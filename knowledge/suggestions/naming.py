"""Whom readers of the box see."""

from django.utils.translation import gettext as _

from tickets.models import Customer
from tickets.placeholders.people import first_name


def public(customer: Customer | None, language: str) -> str:
    """Whom readers see: a first name, else that it was a customer; never an address or a whole name."""
    name = customer.name.strip() if customer and not customer.erased_at else ""
    if customer is None or not name or "@" in name or any(letter.isdigit() for letter in name):
        return _("A customer")
    return first_name(name, customer.language or language)[:30]
