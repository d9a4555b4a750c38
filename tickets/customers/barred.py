"""Whether anybody wants to hear from a sender: blocked themselves, or by their domain."""

from typing import Any

from channels_app.messages import InboundMessage
from helpdesk.prepared import Lookup
from tickets import unheard
from tickets.models import BlockedDomain, Customer, Identity

_standing = Lookup(
    lambda: BlockedDomain.objects.standing().only("domain"),
    planned=True,
    once=True,
)


def why(customer: Customer, inbound: InboundMessage) -> dict[str, Any]:
    """Why this message is to go to the spam, as an event tells it; empty when it is heard. One query."""
    if customer.blocked_at:
        return {"why": "blocked"}
    if inbound.sender.identity_kind != Identity.Kind.EMAIL:
        return {}
    blocked = {each.domain: each.pk for each in _standing()}
    above = lines_of(unheard.domain_of(unheard.address_of(inbound))) if blocked else []
    found = next((blocked[each] for each in above if each in blocked), None)
    return {"why": "domain_blocked", "domain": found} if found else {}


def lines_of(domain: str) -> list[str]:
    """ "mail.shop.example" → itself, "shop.example", "example"."""
    labels = domain.split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]
