"""Versions of a procedure: what each changed, and taking an earlier one up again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge import comparing
from sop import access, training, writing


@staff_required
@require_safe
def compare(request: StaffRequest, pk: int, language: str, number: int) -> HttpResponse:
    """What a version changed against the one before, or against any other (`with`)."""
    row = access.wording(request.user, pk, language)
    edition = get_object_or_404(row.editions.select_related("author"), number=number)
    asked = request.GET.get("with", "")
    others = row.editions.exclude(pk=edition.pk)
    other = (
        others.filter(number=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
    ) or others.filter(number__lt=number).first()
    context = {
        "row": row,
        "edition": edition,
        "other": other,
        "editions": row.editions.all(),
        "lines": comparing.lines(training.said(other) if other else [], training.said(edition)),
    }
    return render(request, "sop/compare.html", context)


@staff_required
@require_POST
def restore(request: StaffRequest, pk: int, language: str, number: int) -> HttpResponse:
    """Take an earlier version up as a draft."""
    row = access.wording(request.user, pk, language)
    writing.restore(row, get_object_or_404(row.editions, number=number), actor=request.user)
    messages.success(request, _("Version %(number)d is a draft again.") % {"number": number})
    return redirect("sop:writing", pk, language)
