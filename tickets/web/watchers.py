"""Watching a ticket: who does, and the button."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets import access, watching
from tickets.web.respond import changed


@staff_required
@require_safe
def watchers(request: StaffRequest, number: int) -> HttpResponse:
    """Who watches the ticket."""
    ticket = access.ticket(request.user, number)
    people = User.objects.filter(watches__ticket=ticket).order_by("name")
    name = "_watchers" if "HX-Request" in request.headers else "watchers"
    return render(request, f"tickets/{name}.html", {"ticket": ticket, "people": people})


@staff_required
@require_POST
def watch(request: StaffRequest, number: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    watching.watch(ticket, request.user)
    said = _("You watch #%(number)d: the bell tells you what others do there.")
    return changed(request, ticket, said % {"number": ticket.number})


@staff_required
@require_POST
def leave(request: StaffRequest, number: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    watching.leave(ticket, request.user)
    return changed(request, ticket, _("You do not watch #%(number)d any more.") % {"number": ticket.number})
