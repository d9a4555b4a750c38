"""Buttons that open another system at the place that belongs to a ticket: an address with placeholders.

What fills a placeholder is coded whole, so that it stays a part of the address it stands in, whatever a
customer wrote. The server in an address is the admin's alone: no placeholder may stand in it.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup
from tickets.models import CustomField, Identity, Shortcut, Ticket

NAMES = (
    *("ticket.number", "ticket.subject", "ticket.language"),
    *("customer.id", "customer.name", "customer.email", "customer.phone"),
    *("agent.email", "agent.name"),
)
"""What can be named; besides these the custom fields, as ticket.custom.key and customer.custom.key."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CUSTOM = re.compile(r"(ticket|customer)\.custom\.[a-z][a-z0-9_]{0,39}")
_START = re.compile(r"https?://[^\s/?#{}\\@]+(?:[/?#]|\Z)", re.IGNORECASE)
_ENDS = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")

_active = Lookup(lambda: Shortcut.objects.filter(is_active=True), planned=True)


class NoAddress(ValueError):
    """It is no address of the web, or its server is not fixed."""


class NoSuchName(ValueError):
    """A placeholder that nobody knows; its name."""


def check(url: str) -> None:
    """Whether buttons may lead there. Raises NoAddress and NoSuchName."""
    if not _START.match(url) or _ENDS.search(url) or not urlsplit(url).hostname:
        raise NoAddress(url)
    for name in _PLACEHOLDER.findall(url):
        if name not in NAMES and not _CUSTOM.fullmatch(name):
            raise NoSuchName(name)
    if set("{}") & set(_PLACEHOLDER.sub("", url)):
        raise NoAddress(url)


def address(url: str, known: Mapping[str, str]) -> str:
    """The address with what is known filled in, "" when something it names is not known here. Pure."""
    missing = [name for name in _PLACEHOLDER.findall(url) if not known.get(name)]
    if missing:
        return ""
    return _PLACEHOLDER.sub(lambda found: quote(known[found[1]], safe=""), url)


def of(ticket: Ticket, identities: list[Identity], *, user: User) -> list[tuple[str, str]]:
    """Label and address of each button of the ticket's team and of all; "" for what leads nowhere here."""
    if not getattr(ticket, "has_shortcuts", True):
        return []
    found = [each for each in _active() if each.team_id in (None, ticket.team_id)]
    if not found:
        return []
    known = values(ticket, identities, user=user)
    return [(each.label, address(each.url, known)) for each in found]


def values(ticket: Ticket, identities: list[Identity], *, user: User) -> dict[str, str]:
    """What each placeholder stands for on this ticket."""
    customer = ticket.customer
    reached = {each.kind: each.value for each in reversed(identities)}
    known = {
        "ticket.number": str(ticket.number),
        "ticket.subject": ticket.subject,
        "ticket.language": ticket.language,
        "customer.id": str(customer.pk),
        "customer.name": customer.name,
        "customer.email": reached.get(Identity.Kind.EMAIL, ""),
        "customer.phone": reached.get(Identity.Kind.PHONE, ""),
        "agent.email": user.email,
        "agent.name": user.name,
    }
    for owner, custom in ((CustomField.Of.TICKET, ticket.custom), (CustomField.Of.CUSTOMER, customer.custom)):
        known |= {f"{owner}.custom.{key}": _written(value) for key, value in custom.items()}
    return known


def _written(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
