"""What readers looked for and did not get, and what they say: where an article is wanted."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge import access, centres, opinions, searches, using
from tickets import access as tickets

PERIODS = (7, 30, 90)


@staff_required
@require_safe
def gaps(request: StaffRequest) -> HttpResponse:
    """At all help centres, or at one: what was searched there, and of its articles what is said."""
    days, since = _period(request)
    known = centres.every()
    here = next((each for each in known if str(each.pk) == request.GET.get("centre")), None)
    written = access.written(request.user)
    shown = written.shown_in(here) if here else written
    context = {
        "days": days,
        "periods": PERIODS,
        "centres": known if len(known) > 1 else [],
        "here": here,
        "not_found": searches.not_found(since, centre=here),
        "not_opened": searches.not_opened(since, centre=here),
        "unhelpful": opinions.unhelpful(shown),
        "comments": opinions.comments(shown if here else None),
    }
    return render(request, "knowledge/gaps.html", context)


@staff_required
@require_safe
def topics(request: StaffRequest) -> HttpResponse:
    """Which articles answered the tickets of which topics, and what is asked often without one."""
    days, since = _period(request)
    found = using.by_topic(tickets.tickets(request.user), since)
    context = {
        "days": days,
        "periods": PERIODS,
        "topics": [each for each in found if each.articles],
        "gaps": [each for each in found if each.is_gap],
    }
    return render(request, "knowledge/topics.html", context)


def _period(request: StaffRequest) -> tuple[int, datetime]:
    """The days that are looked back, as asked, and since when that is."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(each) for each in PERIODS} else 30
    return days, timezone.now() - timedelta(days=days)
