"""Placeholders in what a colleague writes, such as {customer.name}: filled when they are put in, once.

What is filled in is one line of somebody's own data: it is never read for placeholders again.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Company, User
from tickets.models import Ticket

NAMES: dict[str, str | Promise] = {
    "customer.name": _("Customer's name"),
    "customer.first_name": _("Customer's first name"),
    "customer.email": _("Customer's address"),
    "ticket.number": _("Number of the ticket"),
    "ticket.subject": _("Subject of the ticket"),
    "agent.name": _("Your name"),
    "agent.first_name": _("Your first name"),
    "team.name": _("Team"),
    "company.name": _("Company"),
}
FAMILY_NAME_FIRST = {"hu", "ja", "zh", "ko", "vi"}
LONGEST = 200

_PLACEHOLDER = re.compile(r"\{\s*([a-z]+\.[a-z_]+)\s*\}")


def values(ticket: Ticket, *, agent: User, company: Company) -> dict[str, str]:
    """What each placeholder stands for on this ticket, "" where nothing is known; one line each."""
    customer = ticket.customer
    mail = next((each.value for each in customer.identities.all() if each.kind == "email"), "")
    language = customer.language or ticket.language
    known = {
        "customer.name": customer.name,
        "customer.first_name": first_name(customer.name, language),
        "customer.email": mail,
        "ticket.number": str(ticket.number),
        "ticket.subject": ticket.subject,
        "agent.name": agent.name,
        "agent.first_name": first_name(agent.name, agent.language),
        "team.name": ticket.team.name if ticket.team else "",
        "company.name": company.name,
    }
    return {name: " ".join(value.split())[:LONGEST] for name, value in known.items()}


def first_name(name: str, language: str) -> str:
    """The given name, which stands last where families come first."""
    words = name.split()
    if not words:
        return ""
    return words[-1 if language.partition("-")[0] in FAMILY_NAME_FIRST else 0]


def fill(text: str, known: Mapping[str, str]) -> str:
    """`text` with what is known filled in; the rest stays as it is written, for the writer to see."""
    return _PLACEHOLDER.sub(lambda found: known.get(found[1]) or found[0], text)


def left_in(text: str) -> list[str]:
    """The placeholders of ours that still stand in the text, each once."""
    return [name for name in dict.fromkeys(_PLACEHOLDER.findall(text)) if name in NAMES]
