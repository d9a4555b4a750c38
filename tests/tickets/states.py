"""A ticket as it stands, to compare before and after."""

from typing import Any

from tickets.models import Ticket

SHOWN = (
    *("subject", "status", "folder", "customer", "team", "assignee", "follows", "merged_into", "preview"),
    *("last_message_at", "waiting_since", "first_replied_at", "resolved_at", "closed_at"),
)


def state(ticket: Ticket) -> dict[str, Any]:
    """Everything a person can see of the ticket, and its messages."""
    columns = Ticket.objects.filter(pk=ticket.pk).values(*SHOWN).get()
    return {**columns, "messages": sorted(ticket.messages.values_list("pk", flat=True))}
