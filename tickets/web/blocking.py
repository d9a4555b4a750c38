"""Blocked senders: who they are, blocking one, letting one through again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, people
from tickets.customers import blocking
from tickets.web import times
from tickets.web.returning import back

SHOWN = 200


@staff_required
@require_safe
def blocked(request: StaffRequest) -> HttpResponse:
    """The blocked senders, the latest first, and how much of each is held."""
    found = access.customers(request.user).blocked().select_related("blocked_by")  # type: ignore[attr-defined]
    found = found.prefetch_related("identities").order_by("-blocked_at")[:SHOWN]
    now = timezone.now()
    held = people.held(found)
    lines = [(each, held.get(each.pk, 0), times.moment(each.blocked_at, now)) for each in found]
    return render(request, "tickets/people/blocked.html", {"lines": lines})


@staff_required
@require_POST
def block(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.customer(request.user, pk)
    blocking.block(found, actor=request.user)
    return back(request, found, _("Blocked. What they write from now on goes to the spam."))


@staff_required
@require_POST
def unblock(request: StaffRequest, pk: int) -> HttpResponse:
    """Let through again; with `restore` what was held comes back to the desk."""
    found = access.customer(request.user, pk)
    blocking.unblock(found, actor=request.user, restore="restore" in request.POST)
    return back(request, found, _("Let through again."))
