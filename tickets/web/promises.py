"""Promises: one's own and the teams', made and moved in one gesture, kept, taken back, told of anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, apology, naming, promises
from tickets.models import Promise, Ticket
from tickets.web import standing
from tickets.web.forms import PromiseForm
from tickets.web.respond import changed, refreshed, refused

MOST = 200


@staff_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """What one has to keep, the next first; for supervisors and admins a switch shows everybody's."""
    leads = request.user.is_supervisor or request.user.is_admin
    everybody = leads and "all" in request.GET
    found = access.promises(request.user).open()
    if not everybody:
        found = found.of(request.user.pk)
    found = found.select_related("ticket__customer", "ticket__assignee", "made_by").order_by("due_at", "pk")
    found = found[:MOST]
    naming.look_up(each.ticket.customer for each in found)
    now = timezone.now()
    lines = [_line(each, request, now) for each in found]
    context = {"lines": lines, "leads": leads, "everybody": everybody, "here": "promises"}
    return render(request, "tickets/promises.html", context)


@staff_required
@require_POST
def promise(request: StaffRequest, number: int) -> HttpResponse:
    """The customer hears from us by then; what was promised before gets this time."""
    ticket = access.ticket(request.user, number)
    form = PromiseForm(request.POST)
    due = form.due(timezone.now()) if form.is_valid() else None
    before = ticket.promised_until
    try:
        if due is None:
            raise promises.BadTime
        promises.make(ticket, due, actor=request.user)
    except promises.BadTime:
        return refused(request, ticket, _("Choose a time to come, within a year."))
    now = timezone.now()
    stands = standing.of(due, now, request.user.company)
    said = _("Promised: an answer by %(when)s.") % {"when": stands.when if stands else ""}
    slips = before is not None and due > before
    telling = {"url": reverse("tickets:promise-word", args=[number]), "label": _("Tell the customer")}
    return changed(request, ticket, said, act=telling if slips else None)


@staff_required
@require_POST
def keeping(request: StaffRequest, number: int) -> HttpResponse:
    """It was kept in another way than by a reply, on the phone perhaps."""
    ticket = access.ticket(request.user, number)
    promises.keep(ticket, actor=request.user)
    return changed(request, ticket, _("The promise is kept."))


@staff_required
@require_POST
def withdrawal(request: StaffRequest, number: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    before = ticket.promised_until
    promises.withdraw(ticket, actor=request.user)
    undo = {
        "url": reverse("tickets:promise", args=[number]),
        "name": "until",
        "value": before.isoformat() if before else "",
    }
    again = before is not None and before > timezone.now()
    return changed(request, ticket, _("The promise is taken back."), undo if again else None)


@staff_required
@require_POST
def word(request: StaffRequest, number: int) -> HttpResponse:
    """Begin a reply that tells the customer of the new time, below what one has written already."""
    ticket = access.ticket(request.user, number)
    if ticket.promised_until is None:
        return refused(request, ticket, _("Nothing is promised on this ticket."))
    apology.begin(ticket, ticket.promised_until, author=request.user)
    if "HX-Request" not in request.headers:
        messages.info(request, _("The message to the customer is begun. Read it and send it."))
        return redirect("tickets:ticket", number)
    return refreshed(request, access.ticket(request.user, number), composed=True, focus=True)


def _line(promise: Promise, request: StaffRequest, now: Any) -> dict[str, Any]:
    ticket: Ticket = promise.ticket
    return {
        "promise": promise,
        "ticket": ticket,
        "who": naming.of(ticket.customer),
        "standing": standing.of(promise.due_at, now, request.user.company),
        "keeper": ticket.assignee or promise.made_by,
    }
