"""One's own switch: available, paused for a reason, or away."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import availability
from tickets.models import Availability

State = Availability.State
MINUTES = (15, 30, 60)


class BeingThereForm(forms.Form):
    state = forms.ChoiceField(choices=State.choices)
    reason = forms.ChoiceField(choices=Availability.Reason.choices, required=False)
    minutes = forms.IntegerField(min_value=1, max_value=24 * 60, required=False)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: StaffRequest) -> HttpResponse:
    """What one is now, with what one can be; sent, one is that from now on."""
    form = BeingThereForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _switched(request, form)
    return _shown(request, status=422 if form is not None else 200)


@staff_required
@require_POST
def ready(request: StaffRequest) -> HttpResponse:
    """One has had breath enough after a talk."""
    availability.stop_breathing(request.user)
    if "HX-Request" in request.headers:
        return _shown(request)
    return redirect("tickets:being-there")


def _switched(request: StaffRequest, form: BeingThereForm) -> HttpResponse:
    given = form.cleaned_data
    minutes = given["minutes"]
    until = timezone.now() + timedelta(minutes=minutes) if minutes else None
    if given["state"] != State.PAUSED:
        until = None
    row = availability.be(
        request.user, given["state"], actor=request.user, reason=given["reason"], until=until
    )
    if "HX-Request" in request.headers:
        return _shown(request)
    messages.success(request, _("You are now: %(state)s.") % {"state": row.get_state_display()})
    return redirect("tickets:being-there")


def _shown(request: StaffRequest, *, status: int = 200) -> HttpResponse:
    row, now = availability.of(request.user), timezone.now()
    context = {
        "there": row,
        "breath": row.breath(now),
        "is_given": row.is_given(now),
        "reasons": Availability.Reason.choices[1:],
        "minutes": MINUTES,
        "here": "being-there",
        "changed": request.method == "POST",
    }
    name = "_being_there" if "HX-Request" in request.headers else "being_there"
    return render(request, f"tickets/{name}.html", context, status=status)
