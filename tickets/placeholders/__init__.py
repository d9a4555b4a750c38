"""Placeholders in what a colleague writes, such as {customer.name}: filled when they are put in, once.

What is filled in is one line of somebody's own data: it is never read for placeholders again.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Company, User
from tickets import brands
from tickets.models import Ticket
from tickets.placeholders import conditions, dates
from tickets.placeholders.conditions import Malformed
from tickets.placeholders.people import FAMILY_NAME_FIRST, first_name, greeting, last_name

__all__ = ["FAMILY_NAME_FIRST", "FACTS", "NAMES", "Malformed", "Written", "fill", "first_name", "left_in"]
__all__ += ["unknown", "values", "written"]

NAMES: dict[str, str | Promise] = {
    "customer.name": _("Customer's name"),
    "customer.first_name": _("Customer's first name"),
    "customer.last_name": _("Customer's family name"),
    "customer.greeting": _("Greeting with the name"),
    "customer.email": _("Customer's address"),
    "ticket.number": _("Number of the ticket"),
    "ticket.subject": _("Subject of the ticket"),
    "ticket.created": _("Day the customer wrote first"),
    "ticket.promised": _("Day that was promised"),
    "ticket.link": _("Customer's page of the ticket"),
    "order.number": _("Number of the order"),
    "date.today": _("Today's date"),
    "date.tomorrow": _("Tomorrow's date"),
    "date.in_3_days": _("Date in 3 days"),
    "date.in_7_days": _("Date in 7 days"),
    "date.in_14_days": _("Date in 14 days"),
    "agent.name": _("Your name"),
    "agent.first_name": _("Your first name"),
    "team.name": _("Team"),
    "company.name": _("Company"),
}
FACTS = (
    *("ticket.kind", "ticket.priority", "ticket.topic", "ticket.channel", "ticket.language"),
    *("customer.importance", "customer.country"),
)
"""What a condition can ask besides; each stands as its code, such as `complaint`."""
LONGEST = 200
ORDERS = ("order", "order_number", "order_no")
"""The keys of custom fields that hold the number of an order."""

_PLACEHOLDER = re.compile(r"\{\s*([a-z]+(?:\.[a-z0-9_]+)+)\s*\}")
_CUSTOM = re.compile(r"(?:ticket|customer)\.custom\.[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(rf"date\.(?:today|tomorrow|in_(?:{'|'.join(map(str, dates.DAYS))})_days)(?:\.on)?")
_OURS = {name.partition(".")[0] for name in NAMES}


class Written(NamedTuple):
    """A template as it was filled in, and the placeholders that nothing is known for."""

    text: str
    missing: list[str]


def values(
    ticket: Ticket, *, agent: User, company: Company, language: str = "", now: datetime | None = None
) -> dict[str, str]:
    """What each placeholder stands for on this ticket, "" where nothing is known; one line each.

    In the language given, else in the customer's.
    """
    customer = ticket.customer
    mail = next((each.value for each in customer.identities.all() if each.kind == "email"), "")
    own = customer.language or ticket.language
    language, zone = language or own, customer.time_zone or company.time_zone
    known = {
        "customer.name": customer.name,
        "customer.first_name": first_name(customer.name, own),
        "customer.last_name": last_name(customer.name, own),
        "customer.greeting": greeting(customer.name, language),
        "customer.email": mail,
        "ticket.number": str(ticket.number),
        "ticket.subject": ticket.subject,
        "ticket.created": _day(ticket.created_at, zone, language),
        "ticket.link": brands.request_address(ticket, language),
        "ticket.promised": _day(ticket.promised_until, zone, language),
        "order.number": _order(ticket),
        "agent.name": agent.name,
        "agent.first_name": first_name(agent.name, agent.language),
        "team.name": ticket.team.name if ticket.team else "",
        "company.name": brands.name(ticket.channel_id, company),
        **dates.known(now or timezone.now(), zone, language),
        **_custom(ticket),
        **_facts(ticket, language),
    }
    return {name: " ".join(value.split())[:LONGEST] for name, value in known.items()}


def fill(text: str, known: Mapping[str, str]) -> str:
    """`text` with what is known filled in; the rest stays as it is written, for the writer to see."""
    return _PLACEHOLDER.sub(lambda found: known.get(found[1]) or found[0], text)


def written(text: str, known: Mapping[str, str]) -> Written:
    """A whole template filled in, its conditions decided. Raises Malformed."""
    chosen = conditions.decided(text, known)
    missing = [name for name in dict.fromkeys(_PLACEHOLDER.findall(chosen)) if not known.get(name)]
    return Written(fill(chosen, known), missing)


def unknown(text: str) -> list[str]:
    """The placeholders of a template that are none of ours, each once. Raises Malformed."""
    conditions.decided(text, {})
    named = [*_PLACEHOLDER.findall(text), *conditions.names(text)]
    return [name for name in dict.fromkeys(named) if not _is_known(name) and name not in FACTS]


def left_in(text: str) -> list[str]:
    """The placeholders that still stand in the text, each once: ours, misspelt ones, and conditions."""
    if "{" not in text:
        return []
    names = dict.fromkeys(_PLACEHOLDER.findall(text))
    return [name for name in names if name.partition(".")[0] in _OURS] + conditions.marks(text)


def _is_known(name: str) -> bool:
    return name in NAMES or bool(_CUSTOM.fullmatch(name) or _DAY.fullmatch(name))


def _day(moment: datetime | None, zone: str, language: str) -> str:
    return dates.told(moment.astimezone(dates.zone_of(zone)).date(), language) if moment else ""


def _order(ticket: Ticket) -> str:
    own = [*(ticket.custom.get(key) for key in ORDERS), *(ticket.customer.custom.get(key) for key in ORDERS)]
    return next((str(value) for value in own if value), "")


def _custom(ticket: Ticket) -> dict[str, str]:
    """Custom fields under the names that buttons to other systems use, too."""
    both = (("ticket", ticket.custom), ("customer", ticket.customer.custom))
    return {
        f"{whose}.custom.{key}": ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for whose, fields in both
        for key, value in fields.items()
        if value not in (None, "", [], False)
    }


def _facts(ticket: Ticket, language: str) -> dict[str, str]:
    return {
        "ticket.kind": ticket.kind,
        "ticket.priority": Ticket.Priority(ticket.priority).name.lower(),
        "ticket.topic": ticket.topic,
        "ticket.channel": ticket.channel.kind if ticket.channel else "",
        "ticket.language": language.partition("-")[0],
        "customer.importance": type(ticket.customer).Importance(ticket.customer.importance).name.lower(),
        "customer.country": ticket.customer.country.lower(),
    }
