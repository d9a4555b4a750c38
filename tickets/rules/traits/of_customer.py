"""What may be asked of the customer."""

from tickets.narrowing import IMPORTANCES, NOBODY
from tickets.rules.traits.sorts import CHOICE, PATTERN, Trait

_IMPORTANCE = {int(value): name for name, value in IMPORTANCES.items()}
TRAITS = (
    Trait(
        name="importance",
        sort=CHOICE,
        of="customer",
        words=tuple(IMPORTANCES),
        read=lambda facts: _IMPORTANCE.get(facts.ticket.customer.importance, ""),
    ),
    Trait(
        name="organisation",
        sort=CHOICE,
        of="customer",
        read=lambda facts: str(facts.ticket.customer.organisation_id or NOBODY),
    ),
    Trait(
        name="country",
        sort=PATTERN,
        of="customer",
        read=lambda facts: (facts.ticket.customer.country or "").lower(),
    ),
)
