"""What could not be sent, or was perhaps sent: a person decides. Admins see the desk's own mail too."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, fates
from tickets.models import Delivery
from tickets.web import times
from tickets.web.respond import changed

PAGE = 100


@staff_required
@require_safe
def deliveries(request: StaffRequest) -> HttpResponse:
    found = access.deliveries(request.user).troubled()
    found = found.select_related("message__ticket__customer", "message__author").order_by("-id")[:PAGE]
    now = timezone.now()
    notices = access.notices(request.user).troubled().order_by("-id")[:PAGE]
    context = {
        "lines": [(delivery, times.moment(delivery.created_at, now)) for delivery in found],
        "notices": [(notice, times.moment(notice.created_at, now)) for notice in notices],
        "here": "deliveries",
    }
    return render(request, "tickets/deliveries.html", context)


@staff_required
@require_POST
def resend(request: StaffRequest, pk: int) -> HttpResponse:
    delivery = access.outgoing(request.user, pk)
    fates.resend(delivery, actor=request.user)
    return _done(request, delivery, _("It is sent once more."))


@staff_required
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    delivery = access.outgoing(request.user, pk)
    fates.drop(delivery, actor=request.user)
    said = _("Given up. The message stays on the ticket.") if delivery.message else _("Given up.")
    return _done(request, delivery, said)


def _done(request: StaffRequest, delivery: Delivery, said: str) -> HttpResponse:
    """Back to where the button was: the ticket, or the list of what was not sent."""
    if "from_list" in request.POST or delivery.message is None:
        messages.success(request, said)
        return redirect("tickets:deliveries")
    return changed(request, delivery.message.ticket, said)
