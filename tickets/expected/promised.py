"""What the policy of times promises for the first reply bounds what a customer is told, where it is kept."""

from datetime import datetime

from tickets.expected import reckoning
from tickets.expected.reckoning import Figures
from tickets.models import Ticket
from tickets.sla import policies, terms
from tickets.sla.calendar import Calendar


def by_policy(ticket: Ticket, now: datetime, found: Figures | None, at: Calendar) -> datetime | None:
    """When the first reply is due by the policy that fits; None where none asks for one, or it is no bound.

    It is none once it is over, nor where history says that fewer than nine of ten were answered within it:
    a time that is missed regularly is not told to anybody. `at` are the hours of the figures.
    """
    known = policies.known()
    said = terms.fitting(known, _facts(ticket)) if known and not ticket.first_replied_at else None
    allowed = said.allowed.get(terms.FIRST_REPLY) if said else None
    due = said.calendar.due_at(ticket.created_at, allowed) if said and allowed else None
    if due is None or due <= now:
        return None
    usual = reckoning.after(at, ticket.created_at, found.most) if found else None
    return None if usual and usual > due else due


def _facts(ticket: Ticket) -> terms.Facts:
    customer = ticket.customer
    return terms.Facts(
        kind=ticket.kind,
        priority=ticket.priority,
        importance=customer.importance,
        channel=ticket.channel_id,
        organisation=customer.organisation_id,
        team=ticket.team_id,
    )
