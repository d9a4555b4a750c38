"""Macros at work: chosen by name, read before they are run, run on one ticket or many, taken back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, macros
from tickets.models import Batch, Macro, Ticket
from tickets.web import macro_words
from tickets.web.forms import KeyForm, PickForm
from tickets.web.respond import CHANGED, refreshed, refused

SHOWN = 60


@staff_required
@require_safe
def picker(request: StaffRequest, number: int) -> HttpResponse:
    """The macros to choose from by what was typed of a name; with `first` what the first one does."""
    ticket = access.ticket(request.user, number)
    typed = request.GET.get("q", "").strip()[:60]
    found = access.macros(request.user).select_related("team")
    if typed:
        found = found.filter(title__icontains=typed)
    shown = list(found[:SHOWN])
    if "first" in request.GET and shown:
        return _preview(request, ticket, shown[0])
    context = {
        "ticket": ticket,
        "macros": [(each, macro_words.summary(each)) for each in shown],
        "typed": typed,
    }
    return _drawn(request, "picker", context)


@staff_required
def one(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """What the macro will do to this ticket; sent as a form, it is done."""
    ticket = access.ticket(request.user, number)
    macro = access.macro(request.user, pk)
    if request.method != "POST":
        return _preview(request, ticket, macro)
    form = KeyForm(request.POST)
    form.is_valid()
    try:
        batch = macros.run(macro, [ticket.number], actor=request.user, key=form.key())
    except macros.Lost as lost:
        return refused(request, ticket, macro_words.refusal(lost))
    if batch.left:
        return refused(request, ticket, _("This ticket cannot take the macro: nothing was changed."))
    return _done(request, ticket, macro, batch)


@staff_required
@require_POST
def undo(request: StaffRequest, number: int) -> HttpResponse:
    """What the macro changed on the ticket is as before; a note that was added stays."""
    ticket = access.ticket(request.user, number)
    form = PickForm(request.POST)
    form.is_valid()
    macros.undo(access.batch(request.user, form.cleaned_data.get("pick") or 0), actor=request.user)
    return _shown(request, ticket, _("The ticket is as it was."))


def _done(request: StaffRequest, ticket: Ticket, macro: Macro, batch: Batch) -> HttpResponse:
    said = _("“%(title)s” is done.") % {"title": macro.title}
    undone = {"url": reverse("tickets:macro-undo", args=[ticket.number]), "name": "pick", "value": batch.pk}
    return _shown(request, ticket, said, undone if batch.changes else None, focus="reply" in macro.steps)


def _shown(
    request: StaffRequest,
    ticket: Ticket,
    said: str,
    undo: dict[str, Any] | None = None,
    *,
    focus: bool = False,
) -> HttpResponse:
    """The ticket as it is now, its composer too; where it went out of sight, the list."""
    seen = access.tickets(request.user).filter(pk=ticket.pk).exists()
    if "HX-Request" not in request.headers or not seen:
        messages.success(request, said)
        place = reverse("tickets:ticket", args=[ticket.number]) if seen else reverse("tickets:list")
        away = {"HX-Redirect": place}
        return HttpResponse(headers=away) if "HX-Request" in request.headers else redirect(place)
    fresh = access.ticket(request.user, ticket.number)
    response = refreshed(request, fresh, toast={"text": said, "undo": undo}, composed=True, focus=focus)
    response["HX-Trigger"] = CHANGED
    return response


def _preview(request: StaffRequest, ticket: Ticket, macro: Macro) -> HttpResponse:
    lines = macro_words.lines(macro, request.user, ticket)
    context = {"ticket": ticket, "macro": macro, "lines": lines, "key": uuid.uuid4()}
    return _drawn(request, "preview", {**context, "lost": any(line.is_lost for line in lines)})


def _drawn(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    if "HX-Request" in request.headers:
        return render(request, f"tickets/_macro_{name}.html", context)
    return render(request, "tickets/macro_choice.html", {**context, "part": f"tickets/_macro_{name}.html"})
