"""The checklist of a ticket and the time spent on it: parts of the panel, and pages of their own."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, checklists, timing
from tickets.models import Ticket
from tickets.models.work import DAY, LONGEST_STEP
from tickets.web import times
from tickets.web.typed import Key


class StepForm(forms.Form):
    """A new step, or the template that is put on the ticket."""

    text = forms.CharField(max_length=LONGEST_STEP, required=False)
    template = forms.IntegerField(min_value=1, required=False)


class TimeForm(forms.Form):
    key = Key(widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=DAY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    note = forms.CharField(label=gettext_lazy("What for?"), max_length=200, required=False)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: StaffRequest, number: int) -> HttpResponse:
    """The steps; posted to it is one more, or a template."""
    ticket = access.ticket(request.user, number)
    error = ""
    if request.method == "POST":
        error = _add(request, ticket)
        if not error and "HX-Request" not in request.headers:
            return redirect("tickets:checklist", number)
    return _checklist(request, ticket, error)


@staff_required
@require_POST
def tick(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """It is done, or with an empty `done` not done."""
    ticket = access.ticket(request.user, number)
    step = get_object_or_404(ticket.steps.select_related("ticket"), pk=pk)
    checklists.tick(step, done=bool(request.POST.get("done")), actor=request.user)
    return (
        _checklist(request, ticket)
        if "HX-Request" in request.headers
        else redirect("tickets:checklist", number)
    )


@staff_required
@require_POST
def remove_step(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    checklists.remove(get_object_or_404(ticket.steps.select_related("ticket"), pk=pk), actor=request.user)
    return (
        _checklist(request, ticket)
        if "HX-Request" in request.headers
        else redirect("tickets:checklist", number)
    )


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: StaffRequest, number: int) -> HttpResponse:
    """The time spent; posted to it is more of it."""
    ticket = access.ticket(request.user, number)
    form = TimeForm(request.POST if request.method == "POST" else None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        timing.spend(ticket, given["minutes"], user=request.user, key=given["key"], note=given["note"])
        if "HX-Request" not in request.headers:
            return redirect("tickets:time", number)
        form = TimeForm(initial={"key": uuid.uuid4()})
    return _time(request, ticket, form)


@staff_required
@require_POST
def remove_time(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    try:
        timing.remove(
            get_object_or_404(ticket.time_spent.select_related("ticket"), pk=pk), actor=request.user
        )
    except timing.NotYours:
        messages.error(request, _("Only they themselves, or a supervisor, take it away."))
    if "HX-Request" in request.headers:
        return _time(request, ticket, TimeForm(initial={"key": uuid.uuid4()}))
    return redirect("tickets:time", number)


def _add(request: StaffRequest, ticket: Ticket) -> str:
    """Why nothing was added, "" when it was."""
    form = StepForm(request.POST)
    if not form.is_valid():
        return _("At most %(most)d letters.") % {"most": LONGEST_STEP}
    given = form.cleaned_data
    template = (
        checklists.templates(ticket).filter(pk=given["template"]).first() if given["template"] else None
    )
    try:
        if template:
            checklists.use(template, ticket, actor=request.user)
        else:
            checklists.add(ticket, given["text"], actor=request.user)
    except checklists.NothingToDo:
        return _("What is to be done?")
    except checklists.TooManySteps:
        return _("At most %(most)d steps.") % {"most": checklists.MOST}
    return ""


def _checklist(request: StaffRequest, ticket: Ticket, error: str = "") -> HttpResponse:
    context = {
        "ticket": ticket,
        "steps": ticket.steps.select_related("done_by").order_by("id"),
        "templates": checklists.templates(ticket),
        "error": error,
    }
    return _shown(request, "checklist", context, status=422 if error else 200)


def _time(request: StaffRequest, ticket: Ticket, form: TimeForm) -> HttpResponse:
    spent = list(ticket.time_spent.select_related("user").order_by("-id"))
    lines = [(each, times.minutes(each.minutes)) for each in spent]
    total = times.minutes(sum(each.minutes for each in spent)) if spent else ""
    leads = request.user.is_supervisor or request.user.is_admin
    context = {"ticket": ticket, "lines": lines, "total": total, "form": form, "leads": leads}
    return _shown(request, "time", context, status=422 if form.errors else 200)


def _shown(request: StaffRequest, name: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    part = f"tickets/_{name}.html" if "HX-Request" in request.headers else f"tickets/{name}.html"
    return render(request, part, context, status=status)
