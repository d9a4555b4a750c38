"""Blocked senders: who they are, blocking one, letting one through again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, people
from tickets.customers import blocking, domains
from tickets.models import BlockedDomain
from tickets.web import times
from tickets.web.returning import back

SHOWN = 200


@staff_required
@require_safe
def blocked(request: StaffRequest) -> HttpResponse:
    """The blocked senders and domains, the latest first, and how much of each is held."""
    return page(request, typed=request.GET.get("domain", "")[:320])


def page(
    request: StaffRequest, *, typed: str = "", error: str = "", doubt: str = "", status: int = 200
) -> HttpResponse:
    """The page, with what is typed of a domain, what is wrong with it or why one should think twice."""
    found = access.customers(request.user).blocked().select_related("blocked_by")
    found = found.prefetch_related("identities").order_by("-blocked_at")[:SHOWN]
    now, held = timezone.now(), people.held(found)
    context: dict[str, Any] = {
        "lines": [
            (each, held.get(each.pk, 0), times.moment(each.blocked_at, now))
            for each in found
            if each.blocked_at
        ],
        "domains": _domains(),
        "may_block": domains.may_block(request.user),
        "typed": typed,
        "error": error,
        "doubt": doubt,
    }
    return render(request, "tickets/people/blocked.html", context, status=status)


def _domains() -> list[tuple[BlockedDomain, int, str]]:
    found = BlockedDomain.objects.standing().select_related("blocked_by")
    rows, now = list(found.order_by("-blocked_at")), timezone.now()
    held = domains.held() if rows else {}
    return [(each, held.get(each.pk, 0), times.moment(each.blocked_at, now)) for each in rows]


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
