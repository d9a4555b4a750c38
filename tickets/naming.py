"""What a customer is called: by their name, or else by the address that they are known by."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, OuterRef, Subquery, When
from django.utils.translation import gettext as _

from helpdesk.prepared import Lookup
from tickets.models import Customer, Identity


def of(customer: Customer, address: str | None = None) -> str:
    """Their name, else their `address`, else the first they have: asked for only when neither is at hand."""
    return customer.name or address or next(iter(addresses(customer)), "") or _("Unknown customer")


def address(customer: str = "customer") -> Case:
    """To annotate a query with: the first address of a customer without a name, None of others.

    `customer` leads to them from the rows. It is looked up for the nameless alone.
    """
    known = Identity.objects.filter(customer=OuterRef(customer)).order_by("id").values("value")[:1]
    return Case(When(**{f"{customer}__name": ""}, then=Subquery(known)))


def addresses(customer: Customer) -> list[str]:
    """What they write from, the first known first."""
    return [each.value for each in identities(customer)]


def identities(customer: Customer) -> list[Identity]:
    """Their identities in the order they became known, asked for once; they stay with the customer."""
    known: Any = customer
    if "identities" in getattr(known, "_prefetched_objects_cache", {}):
        return sorted(known.identities.all(), key=lambda each: each.pk)
    if not hasattr(known, "_identities"):
        known._identities = _identities(customer.pk)
    return list(known._identities)


def look_up(customers: Iterable[Customer]) -> None:
    """Have the identities of those without a name at hand: one query for them all, none when all have one."""
    nameless: dict[int, list[Any]] = {}
    for each in customers:
        if not each.name:
            nameless.setdefault(each.pk, []).append(each)
    found: dict[int, list[Identity]] = {pk: [] for pk in nameless}
    for identity in _of_several(list(nameless)) if nameless else ():
        found[identity.customer_id].append(identity)
    for pk, same in nameless.items():
        for each in same:
            each._identities = found[pk]


_identities = Lookup(
    lambda customer: Identity.objects.filter(customer=customer).order_by("id"), int, planned=True
)
_of_several = Lookup(
    lambda customers: Identity.objects.filter(customer__any_of=customers).order_by("id"), list, planned=True
)
