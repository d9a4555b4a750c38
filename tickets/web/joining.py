"""Joining, keeping apart, splitting off, undoing: each a POST that calls one verb and shows the ticket."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, doubts, merging
from tickets.models import Move, Ticket
from tickets.web import times
from tickets.web.forms import JoinForm, PickForm
from tickets.web.respond import CHANGED, changed, refused

OFFERED = 12
"""Other tickets of the customer, the newest."""


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: StaffRequest, number: int) -> HttpResponse:
    """Join this ticket into another one, chosen on a page; who may not see both is told there is none."""
    if request.method != "POST" or "chosen" in request.POST:
        return _choosing(request, access.ticket(request.user, number))
    ticket, shown = access.ticket(request.user, number), _shown(request, number)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return refused(request, shown, _("That is not possible."))
    into = access.ticket(request.user, form.cleaned_data["into"])
    try:
        move = merging.join(ticket, into, actor=request.user)
    except merging.CannotMove:
        return refused(request, shown, _("These tickets are one already."))
    said = _now_part(move)
    if shown.pk == ticket.pk:
        return _go_to(request, move)
    undo = {"url": reverse("tickets:join-undo", args=[shown.number]), "name": "pick", "value": move.pk}
    return changed(request, shown, said, undo)


def _choosing(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """Into which ticket this one is to be joined: others of its customer, or one whose number is typed."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        into = access.tickets(request.user).filter(number=form.cleaned_data["into"]).first()
        if into is None:
            form.add_error(None, _("There is no ticket with this number that you may see."))
        else:
            try:
                move = merging.join(ticket, into, actor=request.user)
            except merging.CannotMove:
                form.add_error(None, _("These tickets are one already, or one of them is internal."))
            else:
                return _go_to(request, move)
    others = access.earlier_tickets(request.user, ticket, OFFERED)
    now = timezone.now()
    fit = [each for each in others if not each.merged_into_id and each.is_internal == ticket.is_internal]
    rows = [(each, times.day(each.last_message_at, now)) for each in fit]
    context = {"ticket": ticket, "others": rows, "form": form}
    return render(request, "tickets/join.html", context, status=422 if form.errors else 200)


def _now_part(move: Move) -> str:
    return _("#%(ticket)d is now part of #%(other)d.") % {
        "ticket": move.source.number,
        "other": move.target.number,
    }


@staff_required
@require_POST
def join_undo(request: StaffRequest, number: int) -> HttpResponse:
    """Take apart what was joined, or put back what was split off: it works for ever."""
    shown = access.ticket(request.user, number)
    move = access.move(request.user, _picked(request))
    if shown.pk not in (move.source_id, move.target_id):
        raise Http404
    merging.undo(move, actor=request.user)
    if "pick" in request.GET and "HX-Request" in request.headers:  # a toast that a page came with
        response = render(request, "_toast.html", {"text": _("Undone.")})
        response["HX-Trigger"] = CHANGED
        return response
    return changed(request, access.ticket(request.user, number), _("Undone."))


@staff_required
@require_POST
def apart(request: StaffRequest, number: int) -> HttpResponse:
    """Keep this ticket apart from the one it may belong to."""
    ticket, shown = access.ticket(request.user, number), _shown(request, number)
    doubt = access.doubt(request.user, ticket)
    doubts.keep_apart(doubt, actor=request.user)
    undo = {"url": reverse("tickets:apart-undo", args=[shown.number]), "name": "pick", "value": doubt.pk}
    said = _("#%(number)d stays a ticket of its own.") % {"number": ticket.number}
    return changed(request, shown, said, undo)


@staff_required
@require_POST
def apart_undo(request: StaffRequest, number: int) -> HttpResponse:
    """Ask again; on either of the two tickets."""
    shown = access.ticket(request.user, number)
    doubts.reconsider(access.doubt(request.user, shown, pk=_picked(request)), actor=request.user)
    return changed(request, shown)


@staff_required
@require_POST
def escalation(request: StaffRequest, number: int) -> HttpResponse:
    """Who sees one of two tickets in doubt shows both to the supervisors."""
    shown = access.ticket(request.user, number)
    for doubt in access.doubts(request.user, shown):
        doubts.ask_supervisors(doubt, actor=request.user)
    return changed(request, shown, _("The supervisors see both tickets now."))


@staff_required
@require_POST
def split(request: StaffRequest, pk: int) -> HttpResponse:
    """A message does not belong here: it becomes a ticket of its own."""
    message = access.message(request.user, pk)
    ticket = access.ticket(request.user, message.ticket.number)
    try:
        move = merging.split(message, actor=request.user)
    except merging.CannotMove:
        return refused(request, ticket, _("It is the only message here."))
    undo = {"url": reverse("tickets:join-undo", args=[ticket.number]), "name": "pick", "value": move.pk}
    said = _("The message is now #%(number)d.") % {"number": move.target.number}
    return changed(request, ticket, said, undo)


def _shown(request: StaffRequest, number: int) -> Ticket:
    """The ticket whose page the button was on."""
    form = PickForm(request.POST)
    given = form.cleaned_data["shown"] if form.is_valid() else None
    return access.ticket(request.user, given or number)


def _picked(request: StaffRequest) -> int:
    form = PickForm(request.POST if "pick" in request.POST else request.GET)
    if not form.is_valid() or not form.cleaned_data["pick"]:
        raise Http404
    return form.cleaned_data["pick"]


def _go_to(request: StaffRequest, move: Move) -> HttpResponse:
    """The ticket one looked at is no more: on to the one it is part of now, where it can be undone."""
    number = move.target.number
    undo = f"{reverse('tickets:join-undo', args=[number])}?pick={move.pk}"
    messages.success(request, _now_part(move), extra_tags=undo)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": reverse("tickets:ticket", args=[number])})
    return redirect("tickets:ticket", number)
