"""The health of mail on one page, for admins and supervisors."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_app import alarms, health
from channels_app.models import Channel
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User


@staff_required
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """What is wrong now, and how each mailbox does."""
    if request.user.role == User.Role.AGENT:
        raise PermissionDenied
    shown = health.of_all(list(Channel.objects.filter(kind=Channel.Kind.EMAIL)))
    told = [(incident, alarms.sentence(incident)) for incident in alarms.current()]
    return render(request, "channels/health.html", {"mailboxes": shown, "told": told, "here": "health"})
