"""Snoozing a ticket and bringing it back: a menu by hours of the reader's time zone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, snoozing
from tickets.web import later, times
from tickets.web.forms import SnoozeForm
from tickets.web.respond import changed, refused


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def snooze(request: StaffRequest, number: int) -> HttpResponse:
    """The choices, a page of their own or the menu below the button; one of them snoozes the ticket."""
    ticket = access.ticket(request.user, number)
    if request.method != "POST":
        choices = [
            (name, label, times.day_to_come(at, timezone.now()) if at else "")
            for name, label, at in later.snoozes(timezone.now())
        ]
        name = "_snooze" if "HX-Request" in request.headers else "snooze"
        return render(request, f"tickets/{name}.html", {"ticket": ticket, "choices": choices})
    form = SnoozeForm(request.POST)
    until = form.until(timezone.now()) if form.is_valid() else None
    if until is None:
        return refused(request, ticket, _("Until when? Choose a day and a time."))
    try:
        snoozing.snooze(ticket, until=until, actor=request.user)
    except snoozing.BadTime:
        return refused(request, ticket, _("Choose a time to come, within a year."))
    undo = {"url": reverse("tickets:snooze-undo", args=[ticket.number])}
    return changed(request, ticket, _("#%(number)d is snoozed.") % {"number": ticket.number}, undo)


@staff_required
@require_POST
def rouse(request: StaffRequest, number: int) -> HttpResponse:
    """Back among the others before its time."""
    ticket = access.ticket(request.user, number)
    snoozing.rouse(ticket, actor=request.user)
    return changed(request, ticket, _("#%(number)d is awake.") % {"number": ticket.number})
