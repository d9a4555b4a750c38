"""What readers looked for and did not get, and what they say: where an article is wanted."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge import access, opinions, searches

PERIODS = (7, 30, 90)


@staff_required
@require_safe
def gaps(request: StaffRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(each) for each in PERIODS} else 30
    since = timezone.now() - timedelta(days=days)
    context = {
        "days": days,
        "periods": PERIODS,
        "not_found": searches.not_found(since),
        "not_opened": searches.not_opened(since),
        "unhelpful": opinions.unhelpful(access.written(request.user)),
        "comments": opinions.comments(),
    }
    return render(request, "knowledge/gaps.html", context)
