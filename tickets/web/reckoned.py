"""Why a ticket is as urgent as it is, asked for when somebody looks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access
from tickets.models import Event, PriorityCriterion, Urgency
from tickets.priority import usual


@staff_required
@require_safe
def why(request: StaffRequest, number: int) -> HttpResponse:
    """Who or what gave it its priority, with the criteria that hold and their points."""
    ticket = access.ticket(request.user, number)
    changes = ticket.events.filter(kind=Event.Kind.PRIORITY_CHANGED, user__isnull=False)
    urgency = Urgency.objects.filter(ticket=ticket).first()
    points = dict(urgency.counted) if urgency else {}
    criteria = PriorityCriterion.objects.filter(pk__in=points)
    context = {
        "ticket": ticket,
        "chosen": changes.select_related("user").last(),
        "urgency": urgency,
        "counted": [(usual.spoken(each.name), points[each.pk]) for each in criteria],
        "here": "",
    }
    name = "_reckoned" if "HX-Request" in request.headers else "reckoned"
    return render(request, f"tickets/{name}.html", context)
