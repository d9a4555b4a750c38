"""Expected times: beside a ticket, the message that it takes longer, and how often what was told held."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Company, User
from tickets import access as ticket_access
from tickets import replies
from tickets.expected import access, correcting, figures, forecasting, measuring, telling, wording
from tickets.expected.models import ExpectedTime, Pace
from tickets.models import Ticket

SHOWN = 50


@staff_required
@require_safe
def beside(request: StaffRequest, number: int) -> HttpResponse:
    """What the customer was told, what is likely now, and the message if it will not hold."""
    ticket = ticket_access.ticket(request.user, number)
    name = "_beside" if "HX-Request" in request.headers else "ticket"
    return render(request, f"expected/{name}.html", _of(ticket) | {"here": ""})


@staff_required
@require_POST
def correction(request: StaffRequest, number: int) -> HttpResponse:
    """Tell the customer of the new time: one click, and once."""
    ticket = ticket_access.ticket(request.user, number)
    try:
        correcting.correct(ticket, actor=request.user)
    except correcting.NothingToSay:
        messages.info(request, _("There is nothing to tell: it was answered, or told already."))
    except replies.NowhereToSend:
        messages.error(request, _("The customer cannot be written to on this ticket."))
    else:
        messages.success(request, _("The customer is told of the new time."))
    if "HX-Request" in request.headers:
        return render(request, "expected/_beside.html", _of(ticket))
    return redirect("tickets:ticket", number)


@staff_required
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """How often it held, by team, and what will not hold now. For supervisors and admins."""
    if request.user.role == User.Role.AGENT:
        raise PermissionDenied
    now = timezone.now()
    slipping = access.told(request.user).slipping().select_related("ticket__assignee", "ticket__customer")
    context = {
        "shares": measuring.shares(request.user, now),
        "slipping": slipping.order_by("until")[:SHOWN],
        "settings": figures.known().settings,
        "here": "expected",
    }
    return render(request, "expected/overview.html", context)


def _of(ticket: Ticket) -> dict[str, Any]:
    now, language = timezone.now(), get_language() or "en"
    row = ExpectedTime.objects.filter(pk=ticket.pk).first()
    waits = not ticket.first_replied_at and not ticket.is_finished
    reply = forecasting.of(ticket, now) if waits else None
    solution = (
        None if ticket.is_finished else forecasting.of(ticket, ticket.created_at, what=Pace.What.SOLUTION)
    )
    slips = row is not None and row.outcome == "" and row.slips_at is not None and waits
    ready = ""
    if row and row.new_until and slips and not row.corrected_at:
        ready = correcting.words(ticket, row.new_until, Company.load())[2]
    return {
        "ticket": ticket,
        "row": row,
        "told": wording.usually(telling.spread(row, ticket), language, whole=True) if row else "",
        "reply": wording.usually(reply.range, language, whole=True) if reply else "",
        "reply_count": reply.count if reply else 0,
        "solution": wording.usually(solution.range, language, whole=True) if solution else "",
        "slips": slips,
        "ready": ready,
    }
