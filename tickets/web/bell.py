"""The bell: what a colleague is told of, and that they have read it."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, notifications
from tickets.models import Notification
from tickets.telling import mail, ways, wording

SHOWN = 30
JUST_NOW = timedelta(minutes=1)


@staff_required
@require_safe
def bell(request: StaffRequest) -> HttpResponse:
    """The newest lines, those not read first to the eye; a page of its own, or the list below the bell."""
    return _shown(request)


@staff_required
@require_POST
def opening(request: StaffRequest, pk: int) -> HttpResponse:
    """Go where a line leads; it is read then."""
    line = access.notifications(request.user).filter(pk=pk).select_related("ticket").first()
    if line is None:
        raise Http404
    notifications.read(request.user, pks=[line.pk])
    return redirect(mail.path(line))


@staff_required
@require_POST
def reading(request: StaffRequest) -> HttpResponse:
    """All is read."""
    notifications.read(request.user)
    return _shown(request) if "HX-Request" in request.headers else redirect("tickets:notifications")


def _shown(request: StaffRequest) -> HttpResponse:
    mine = access.notifications(request.user).filter(is_quiet=False)
    lines = mine.select_related("ticket", "by").order_by("-created_at")[:SHOWN]
    unread = mine.filter(read_at=None).count()
    context = {
        "lines": [(each, wording.sentence(each)) for each in lines],
        "rings": _rings(request, list(lines)),
        "unread": unread,
        "here": "notifications",
    }
    name = "_bell" if "HX-Request" in request.headers else "bell"
    return render(request, f"tickets/{name}.html", context)


def _rings(request: StaffRequest, lines: list[Notification]) -> int:
    """When the newest line came that is to be heard, in ms, 0 for none: a page rings once for it."""
    fresh = [each for each in lines if not each.read_at and timezone.now() - each.created_at < JUST_NOW]
    telling = ways.kept(request.user) if fresh else None
    if ways.is_quiet(telling, timezone.now(), request.user.time_zone):
        return 0
    loud = [each.created_at for each in fresh if ways.chosen(telling, each.kind).sound]
    return int(max(loud).timestamp() * 1000) if loud else 0
