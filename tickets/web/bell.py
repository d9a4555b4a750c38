"""The bell: what a colleague is told of, and that they have read it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, notifications
from tickets.models import Notification

SHOWN = 30


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
    place = f"#message-{line.message_id}" if line.message_id else ""
    return redirect(f"{reverse('tickets:ticket', args=[line.ticket.number])}{place}")


@staff_required
@require_POST
def reading(request: StaffRequest) -> HttpResponse:
    """All is read."""
    notifications.read(request.user)
    return _shown(request) if "HX-Request" in request.headers else redirect("tickets:notifications")


def _shown(request: StaffRequest) -> HttpResponse:
    mine = access.notifications(request.user)
    lines = mine.select_related("ticket", "by").order_by("-id")[:SHOWN]
    unread = mine.filter(read_at=None).count()
    context = {
        "lines": [(each, _sentence(each)) for each in lines],
        "unread": unread,
        "here": "notifications",
    }
    name = "_bell" if "HX-Request" in request.headers else "bell"
    return render(request, f"tickets/{name}.html", context)


def _sentence(line: Notification) -> str:
    facts = {"name": line.by or "?", "number": line.ticket.number}
    words = {
        Notification.Kind.MENTIONED: _("%(name)s mentions you on #%(number)s"),
        Notification.Kind.HELD: _("Your reply on #%(number)s was held: it did not go out"),
        Notification.Kind.ANSWERED: _("What you asked somebody else on #%(number)s was answered"),
        Notification.Kind.WATCHED: _("News on #%(number)s, which you watch"),
        Notification.Kind.WOKEN: _("#%(number)s is back: it was snoozed"),
        Notification.Kind.TAKEN_BACK: _("%(name)s took your reply on #%(number)s back: it is a draft again"),
        Notification.Kind.PROMISE_DUE: _("Your promise on #%(number)d is due soon"),
        Notification.Kind.PROMISE_LATE: _("A promise on #%(number)d has lapsed"),
    }
    return words[Notification.Kind(line.kind)] % facts
