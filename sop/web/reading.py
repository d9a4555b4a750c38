"""What is new and wants to be read: for each colleague, and who has read it, for those who answer for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from sop import access, training
from sop.models import Edition


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: StaffRequest) -> HttpResponse:
    """What one has still to read, changed passages marked; posted to it is that one has."""
    if request.method == "POST":
        asked = request.POST.get("edition", "")
        mine = Edition.objects.filter(wording__procedure__in=access.procedures(request.user))
        pk = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
        training.acknowledge(get_object_or_404(mine, pk=pk), user=request.user)
        messages.success(request, _("Noted: you have read it."))
        return redirect("sop:reading")
    found = training.changes(training.waiting(request.user))
    context = {"changes": found, "may_publish": access.may_publish(request.user)}
    return render(request, "sop/reading.html", context)


@staff_required
@require_safe
def readers(request: StaffRequest) -> HttpResponse:
    """Who has read what."""
    if not access.may_publish(request.user):
        raise PermissionDenied
    return render(request, "sop/readers.html", {"standings": training.overview()})
