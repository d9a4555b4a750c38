"""What an agent changes on a ticket: each a POST that checks, calls one verb and shows the ticket."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, assignment, bin, horizon, lifecycle, properties
from tickets.models import Ticket
from tickets.web import loads, unready
from tickets.web.forms import AssigneeForm, KindForm, PriorityForm, StatusForm, TagsForm, TeamForm
from tickets.web.respond import changed, refused

Change = Callable[[StaffRequest, Ticket, Any], HttpResponse]


def change(form_class: type[forms.Form]) -> Callable[[Change], Callable[..., HttpResponseBase]]:
    """A view for one change: fetches the ticket, checks the form, hands over its value."""

    def decorate(act: Change) -> Callable[..., HttpResponseBase]:
        @staff_required
        @require_POST
        @wraps(act)
        def view(request: StaffRequest, number: int) -> HttpResponse:
            ticket = access.ticket(request.user, number)
            form = form_class(request.POST)
            if not form.is_valid():
                return refused(request, ticket, _("That is not possible."))
            return act(request, ticket, form.cleaned_data.get("value"))

        return view

    return decorate


@change(StatusForm)
def status(request: StaffRequest, ticket: Ticket, value: str) -> HttpResponse:
    before = ticket.status
    after = lifecycle.set_status(ticket, value, actor=request.user)
    undo = {"url": reverse("tickets:status", args=[ticket.number]), "name": "value", "value": before}
    said = _("#%(number)d is now “%(status)s”.") % {
        "number": ticket.number,
        "status": after.get_status_display(),
    }
    return changed(request, ticket, said, undo if before != value else None)


@change(KindForm)
def kind(request: StaffRequest, ticket: Ticket, value: str) -> HttpResponse:
    properties.set_kind(ticket, value, actor=request.user)
    return changed(request, ticket)


@change(PriorityForm)
def priority(request: StaffRequest, ticket: Ticket, value: int) -> HttpResponse:
    properties.set_priority(ticket, value, actor=request.user)
    return changed(request, ticket)


@change(TagsForm)
def tags(request: StaffRequest, ticket: Ticket, value: list[str]) -> HttpResponse:
    properties.set_tags(ticket, value, actor=request.user)
    return changed(request, ticket)


@change(AssigneeForm)
def assignee(request: StaffRequest, ticket: Ticket, value: Any) -> HttpResponse:
    before = ticket.assignee_id
    try:
        assignment.assign(ticket, value, actor=request.user)
    except assignment.CannotTake:
        return refused(request, ticket, _("%(name)s may not see this ticket.") % {"name": value})
    above = loads.warning(value) if value and value.pk != before else ""
    return changed(request, ticket, f"{unready.warned(value, [ticket])} {above}".strip())


@change(TeamForm)
def team(request: StaffRequest, ticket: Ticket, value: Any) -> HttpResponse:
    moved = assignment.move(ticket, value, actor=request.user)
    if horizon.sees(request.user, moved):
        return changed(request, moved)
    if "HX-Request" in request.headers:  # it went to a team whose tickets this colleague does not see
        return HttpResponse(headers={"HX-Redirect": reverse("tickets:list")})
    return redirect("tickets:list")


@change(forms.Form)
def spam(request: StaffRequest, ticket: Ticket, value: None) -> HttpResponse:
    bin.mark_spam(ticket, actor=request.user)
    return changed(request, ticket, _("#%(number)d is spam.") % {"number": ticket.number}, _restoring(ticket))


@change(forms.Form)
def delete(request: StaffRequest, ticket: Ticket, value: None) -> HttpResponse:
    bin.delete(ticket, actor=request.user)
    said = _("#%(number)d is in the bin.") % {"number": ticket.number}
    return changed(request, ticket, said, _restoring(ticket))


@change(forms.Form)
def restore(request: StaffRequest, ticket: Ticket, value: None) -> HttpResponse:
    bin.restore(ticket, actor=request.user)
    return changed(request, ticket, _("#%(number)d is back on the desk.") % {"number": ticket.number})


def _restoring(ticket: Ticket) -> dict[str, str]:
    return {"url": reverse("tickets:restore", args=[ticket.number])}
