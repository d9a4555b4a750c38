"""What is decided about a procedure besides its words: where it stands, whether it holds, that it goes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from sop import access, writing
from sop.web import writings
from sop.web.forms import PlaceForm, WritingForm


@staff_required
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Category, owner, readings, teams, and which tickets it fits."""
    found = access.procedure(request.user, pk)
    language = request.POST.get("language", "")
    form = PlaceForm(request.POST, procedure=found)
    if not form.is_valid():
        row = access.wording(request.user, pk, language)
        page = writings.shown(request, row, WritingForm.of(row), row.steps, form)
        return render(request, "sop/writing.html", page)
    try:
        writing.place(found, **form.cleaned_data, actor=request.user)
        messages.success(request, _("Saved."))
    except writing.NotAllowed:
        messages.error(request, _("Supervisors say whom a published procedure concerns."))
    return redirect("sop:writing", pk, language) if language else redirect("sop:procedure", pk)


@staff_required
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """It was read again, and holds."""
    try:
        writing.confirm(access.procedure(request.user, pk), actor=request.user)
        messages.success(request, _("Noted: it holds."))
    except writing.NotAllowed:
        messages.error(request, _("Its owner says so, or a supervisor."))
    return redirect("sop:procedure", pk)


@staff_required
@require_POST
def archive(request: StaffRequest, pk: int, language: str) -> HttpResponse:
    try:
        writing.archive(access.wording(request.user, pk, language), actor=request.user)
        messages.success(request, _("Archived. Nobody is guided by it any more."))
    except writing.NotAllowed:
        messages.error(request, _("Supervisors archive procedures."))
    return redirect("sop:writing", pk, language)
