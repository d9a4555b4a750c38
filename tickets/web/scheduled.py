"""Replies that wait for their time: the list of one's own, and what can still be done about each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, departing, recipients, scheduling
from tickets.models import Draft, Ticket
from tickets.web import asking, writings
from tickets.web.forms import LaterForm
from tickets.web.respond import CHANGED, refreshed, refused


@staff_required
@require_safe
def scheduled(request: StaffRequest) -> HttpResponse:
    """What one has queued, the next first; for supervisors and admins a switch shows everybody's."""
    leads = request.user.is_supervisor or request.user.is_admin
    everybody = leads and "all" in request.GET
    found = access.queued_drafts(request.user, everybody=everybody)
    found = found.select_related("author", "ticket__customer", "channel").prefetch_related("attachments")
    lines = [
        (each.ticket, writings.line(each, request.user)) for each in found.order_by("due_at", "pk")[:200]
    ]
    context = {"lines": lines, "leads": leads, "everybody": everybody, "here": "scheduled"}
    return render(request, "tickets/scheduled.html", context)


@staff_required
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """It is not sent; its author's text is in the composer again."""
    draft = access.queued(request.user, pk)
    try:
        scheduling.take_back(draft, actor=request.user)
    except scheduling.TooLate:
        return refused(request, _ticket(request, draft), _("It went out already."))
    return _shown(request, draft, _("Not sent. The text is a draft again."))


@staff_required
@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it now, whatever came meanwhile."""
    draft = access.queued(request.user, pk)
    try:
        scheduling.send_now(draft, actor=request.user)
    except scheduling.TooLate:
        return refused(request, _ticket(request, draft), _("It went out already."))
    except (*departing.REFUSED, recipients.NotAddresses, recipients.TooMany):
        return refused(request, _ticket(request, draft), _("It cannot be sent like this. Edit it first."))
    return _shown(request, draft, "")


@staff_required
@require_POST
def time(request: StaffRequest, pk: int) -> HttpResponse:
    """Another time for it."""
    draft = access.queued(request.user, pk)
    form = LaterForm(request.POST)
    due = form.due(timezone.now()) if form.is_valid() else None
    try:
        if due is None:
            raise scheduling.BadTime
        scheduling.reschedule(draft, due, actor=request.user)
    except scheduling.BadTime:
        return refused(request, _ticket(request, draft), _("Choose a time to come, within a year."))
    except scheduling.TooLate:
        return refused(request, _ticket(request, draft), _("It went out already."))
    return _shown(request, draft, "")


def _to_enquiry(request: StaffRequest, draft: Draft, said: str) -> HttpResponse:
    """Where the text of an enquiry is written on."""
    messages.success(request, said)
    place = asking.page_of(draft)
    away = HttpResponse(headers={"HX-Redirect": place})
    return away if "HX-Request" in request.headers else redirect(place)


def _ticket(request: StaffRequest, draft: Draft) -> Ticket:
    return access.ticket(request.user, draft.ticket.number)


def _shown(request: StaffRequest, draft: Draft, said: str) -> HttpResponse:
    """The ticket as it is now, with the text back in its author's composer; for the list, the list."""
    if draft.mode == Draft.Mode.ASIDE and said and draft.author_id == request.user.pk:
        return _to_enquiry(request, draft, said)
    if "HX-Request" not in request.headers:
        if said:
            messages.success(request, said)
        if "list" in request.POST:
            return redirect("tickets:scheduled")
        return redirect("tickets:ticket", draft.ticket.number)
    mine = draft.author_id == request.user.pk
    response = refreshed(request, _ticket(request, draft), composed=mine, focus=mine and bool(said))
    response["HX-Trigger"] = CHANGED
    return response
