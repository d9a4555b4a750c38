"""The page of one ticket and its fragments."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access
from tickets.web import page, place, whispers
from tickets.web.respond import refreshed


@staff_required
@require_safe
def ticket(request: StaffRequest, number: int) -> HttpResponse:
    """The whole page, or for htmx what stands in the reading pane of the list."""
    found = access.ticket(request.user, number)
    context = page.context(request, found, whole="whole" in request.GET)
    if "HX-Request" in request.headers:
        return render(request, "tickets/_ticket.html", context)
    context |= {**page.panel(request, found), "place": place.read(request).address}
    return render(request, "tickets/ticket.html", context)


@staff_required
@require_safe
def fragments(request: StaffRequest, number: int) -> HttpResponse:
    """Head and stream as they are now; the composer is left alone."""
    return refreshed(request, access.ticket(request.user, number), whole="whole" in request.GET)


@staff_required
@require_safe
def company(request: StaffRequest, number: int) -> HttpResponse:
    """Who else is on the ticket now, and what colleagues are writing there."""
    found = access.ticket(request.user, number)
    return render(
        request, "tickets/_company.html", {"ticket": found, **page.company(request, found, live=True)}
    )


@staff_required
@require_safe
def history(request: StaffRequest, number: int) -> HttpResponse:
    found = access.ticket(request.user, number)
    context = {"ticket": found, "lines": whispers.whole_history(found)}
    name = "_history" if "HX-Request" in request.headers else "history"
    return render(request, f"tickets/{name}.html", context)
