"""What a ticket's page shows: head, stream, composer, and the customer beside it."""

import uuid
from typing import Any

from django.utils import timezone

from helpdesk.accounts.guard import StaffRequest
from helpdesk.accounts.middleware import zone
from tickets import access, undelivered
from tickets.models import Draft, Ticket
from tickets.web import navigation, rows, stream, times

EARLIER = 6


def context(request: StaffRequest, ticket: Ticket, *, whole: bool = False) -> dict[str, Any]:
    """Everything `tickets/_ticket.html` and `_panel.html` need."""
    return {
        **head(request, ticket),
        **letters(ticket, whole=whole),
        **composer(request, ticket),
        **panel(request, ticket),
    }


def head(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The subject line and the menus that change the ticket."""
    now = timezone.now()
    return {
        "ticket": ticket,
        "who": rows.customer_name(ticket.customer),
        "statuses": Ticket.Status.choices,
        "kinds": Ticket.Kind.choices,
        "priorities": Ticket.Priority.choices,
        "colleagues": access.colleagues(ticket),
        "teams": navigation.teams(request),
        "waiting": times.span(ticket.waiting_since, now)
        if ticket.waiting_since and not ticket.is_finished
        else "",
    }


def letters(ticket: Ticket, *, whole: bool = False) -> dict[str, Any]:
    return {"ticket": ticket, "stream": stream.stream(ticket, whole=whole)}


def composer(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The two forms, each with what was begun in it and a fresh key."""
    drafts = {
        draft.mode: draft
        for draft in ticket.drafts.filter(author=request.user).prefetch_related("attachments")
    }
    newest = max(drafts.values(), key=lambda draft: draft.updated_at, default=None)
    forms = [_writing(mode, drafts.get(mode)) for mode in (Draft.Mode.REPLY, Draft.Mode.NOTE)]
    came_back = ticket.customer.identities.filter(bounced_at__isnull=False)
    return {
        "ticket": ticket,
        "comes_back": [(each, undelivered.reason(each.bounce_status)) for each in came_back],
        "forms": forms,
        "mode": newest.mode if newest else Draft.Mode.REPLY,
        "begun": bool(newest),
    }


def panel(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The customer: who they are, where they write from, what they asked before."""
    customer, now = ticket.customer, timezone.now()
    earlier = access.tickets(request.user).filter(customer=customer).exclude(pk=ticket.pk).order_by("-id")
    return {
        "customer": customer,
        "customer_initials": rows.initials(rows.customer_name(customer)),
        "identities": customer.identities.all(),
        "their_time": timezone.localtime(now, zone(customer.time_zone)) if customer.time_zone else None,
        "earlier": [(each, times.day(each.last_message_at, now)) for each in earlier[:EARLIER]],
    }


def _writing(mode: str, draft: Draft | None) -> dict[str, Any]:
    return {
        "mode": mode,
        "draft": draft,
        "body": draft.body if draft else "",
        "cc": ", ".join(draft.cc) if draft else "",
        "files": list(draft.attachments.all()) if draft else [],
        "key": uuid.uuid4(),
        "saved": times.moment(draft.updated_at, timezone.now()) if draft else "",
    }
