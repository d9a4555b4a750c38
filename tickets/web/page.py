"""What a ticket's page shows: head, stream, composer, and the customer beside it."""

from typing import Any

from django.utils import timezone

from helpdesk.accounts.guard import StaffRequest
from helpdesk.accounts.middleware import zone
from tickets import access
from tickets.models import Ticket
from tickets.web import belonging, composer, navigation, rows, stream, times, verdicts


def context(request: StaffRequest, ticket: Ticket, *, whole: bool = False) -> dict[str, Any]:
    """Everything `tickets/_ticket.html` and `_panel.html` need."""
    return {
        **head(request, ticket),
        **letters(request, ticket, whole=whole),
        **composer.composer(request, ticket),
        **panel(request, ticket),
    }


def head(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The subject line and the menus that change the ticket."""
    now = timezone.now()
    return {
        "ticket": ticket,
        "who": rows.customer_name(ticket.customer),
        "grave": belonging.grave(ticket, request.user),
        "statuses": Ticket.Status.choices,
        "kinds": Ticket.Kind.choices,
        "verdict": verdicts.shown(ticket),
        "priorities": Ticket.Priority.choices,
        "colleagues": access.colleagues(ticket),
        "teams": navigation.teams(request),
        "waiting": times.span(ticket.waiting_since, now)
        if ticket.waiting_since and not ticket.is_finished
        else "",
    }


def letters(request: StaffRequest, ticket: Ticket, *, whole: bool = False) -> dict[str, Any]:
    return {"ticket": ticket, "stream": stream.stream(ticket, request.user, whole=whole)}


def panel(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The customer: who they are, where they write from, what they asked before."""
    customer, now = ticket.customer, timezone.now()
    earlier = access.earlier_tickets(request.user, ticket)
    return {
        "customer": customer,
        "customer_initials": rows.initials(rows.customer_name(customer)),
        "identities": composer.identities(customer),
        "their_time": timezone.localtime(now, zone(customer.time_zone)) if customer.time_zone else None,
        "earlier": [(each, times.day(each.last_message_at, now)) for each in earlier],
    }
