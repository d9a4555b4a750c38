"""What is done with a whole ticket: printed, taken out as a file, and held against others like it."""

from django import forms
from django.db import OperationalError
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, exporting, similar
from tickets.web import files, stream, times
from tickets.web.letters import Letter
from tickets.web.respond import refused


class ExportForm(forms.Form):
    form = forms.ChoiceField(choices=[(name, name) for name in exporting.FORMS])
    notes = forms.BooleanField(required=False)


@staff_required
@require_safe
def paper(request: StaffRequest, number: int) -> HttpResponse:
    """A page to print, with all messages; with `notes` those of colleagues too."""
    ticket = access.ticket(request.user, number)
    notes = "notes" in request.GET
    said = [item for item in stream.stream(ticket, request.user, whole=True) if isinstance(item, Letter)]
    letters = [each for each in said if notes or each.side != "note"]
    context = {"ticket": ticket, "letters": letters, "notes": notes, "now": timezone.now()}
    return render(request, "tickets/paper.html", context)


@staff_required
@require_POST
def export(request: StaffRequest, number: int) -> HttpResponseBase:
    """The whole ticket as a file; who took it stands in its history."""
    ticket = access.ticket(request.user, number)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return refused(request, ticket, _("That is not possible."))
    name, notes = form.cleaned_data["form"], form.cleaned_data["notes"]
    try:
        made = exporting.take(ticket, name, notes=notes, actor=request.user)
    except exporting.TooOften:
        return refused(request, ticket, _("These were many tickets at once. Try again in ten minutes."))
    except exporting.TooBig:
        return refused(request, ticket, _("Its files are too large for one archive. Save them one by one."))
    kind = exporting.FORMS[name][0]
    response = FileResponse(made, content_type=kind)
    ending = "pdf" if name == "pdf" else "zip"
    response["Content-Disposition"] = files.disposition(f"ticket-{ticket.number}.{ending}")
    return files.closed(response)


@staff_required
@require_safe
def alike(request: StaffRequest, number: int) -> HttpResponse:
    """Tickets of others about the same, asked for when somebody looks."""
    ticket, now = access.ticket(request.user, number), timezone.now()
    try:
        found = similar.find(ticket, request.user)
    except OperationalError:  # it took too long
        found = []
    rows = [(each, times.day(each.last_message_at, now)) for each in found]
    return render(request, "tickets/_similar.html", {"similar": rows, "ticket": ticket})
