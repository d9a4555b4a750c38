"""How the workspace answers after a change: fragments for htmx, a redirect for a plain form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from helpdesk.accounts.guard import StaffRequest
from tickets import access
from tickets.models import Ticket
from tickets.web import composer, page

CHANGED = "desk:changed"  # the page fetches its list and counts again


def changed(
    request: StaffRequest,
    ticket: Ticket,
    said: str = "",
    undo: dict[str, Any] | None = None,
    act: dict[str, Any] | None = None,
) -> HttpResponse:
    """After a change: the ticket as it is now, with a toast that says what happened and offers to undo it.

    `act` is what it offers besides: an address, a label, and perhaps a name and a value.
    """
    if "HX-Request" not in request.headers:
        if said:
            messages.success(request, said)
        return redirect("tickets:ticket", ticket.number)
    fresh = access.ticket(request.user, ticket.number)
    response = refreshed(request, fresh, toast={"text": said, "undo": undo, "act": act} if said else None)
    response["HX-Trigger"] = CHANGED
    return response


def refused(request: StaffRequest, ticket: Ticket, reason: str) -> HttpResponse:
    """A change that could not be made; everything else stays as it was."""
    if "HX-Request" not in request.headers:
        messages.error(request, reason)
        return redirect("tickets:ticket", ticket.number)
    return refreshed(request, ticket, toast={"text": reason, "tone": "danger"}, status=409)


def refreshed(
    request: StaffRequest,
    ticket: Ticket,
    *,
    whole: bool = False,
    toast: dict[str, Any] | None = None,
    status: int = 200,
    composed: bool = False,
    focus: bool = False,
) -> HttpResponse:
    """The stream, the head out of band, and the composer anew when what it held went out or came back."""
    context = {
        **page.head(request, ticket),
        **page.letters(request, ticket, whole=whole),
        "toast": toast,
        "oob": True,
    }
    if composed:
        context |= {**composer.composer(request, ticket), "composed": True, "focus": focus}
    return render(request, "tickets/_refresh.html", context, status=status)
