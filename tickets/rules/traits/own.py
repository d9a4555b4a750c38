"""What may be asked of a company's own fields, of tickets and of customers."""

from collections.abc import Iterable
from typing import Any

from tickets.models import CustomField
from tickets.rules.facts import Facts
from tickets.rules.traits.sorts import CHOICE, NUMBER, PATTERN, YES_NO, Trait

CUSTOM = "custom."
OF_CUSTOMER = "customer."
LISTED = {CustomField.Kind.CHOICE, CustomField.Kind.SEVERAL}


def by_name(fields: Iterable[CustomField]) -> dict[str, CustomField]:
    """The fields that rules may ask about, under their names: `custom.order`, `customer.custom.size`."""
    prefixes = {CustomField.Of.TICKET: CUSTOM, CustomField.Of.CUSTOMER: f"{OF_CUSTOMER}{CUSTOM}"}
    return {f"{prefixes[field.of]}{field.key}": field for field in fields if field.of in prefixes}  # type: ignore[index]


def of_field(name: str, field: CustomField) -> Trait:
    """What a custom field asks, under its name here."""
    is_customers = name.startswith(OF_CUSTOMER)

    def read(facts: Facts) -> Any:
        custom = facts.ticket.customer.custom if is_customers else facts.ticket.custom
        return custom.get(field.key)

    of = "customer" if is_customers else "ticket"
    if field.kind in LISTED:
        return Trait(name=name, sort=CHOICE, read=read, words=tuple(field.values), of=of)
    if field.kind == CustomField.Kind.NUMBER:
        return Trait(name=name, sort=NUMBER, read=read, of=of)
    if field.kind == CustomField.Kind.YES_NO:
        return Trait(name=name, sort=YES_NO, read=lambda facts: bool(read(facts)), of=of)
    return Trait(name=name, sort=PATTERN, read=lambda facts: str(read(facts) or "").lower(), of=of)
