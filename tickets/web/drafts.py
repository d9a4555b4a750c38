"""What one has begun to write and not sent yet, over all tickets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, drafts, naming
from tickets.web import asking, times

PAGE = 100


@staff_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    found = access.drafts(request.user).select_related("ticket__customer").order_by("-updated_at")[:PAGE]
    naming.look_up(draft.ticket.customer for draft in found)
    now = timezone.now()
    lines = [(draft, times.moment(draft.updated_at, now), asking.page_of(draft)) for draft in found]
    return render(request, "tickets/drafts.html", {"lines": lines, "here": "drafts"})


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    drafts.discard(access.draft(request.user, pk))
    messages.success(request, _("The draft is thrown away."))
    return redirect("tickets:drafts")
