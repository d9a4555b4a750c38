"""Answers that are given again and again: made a response with a name, or not wanted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge.canned import access, keeping, repeated
from knowledge.canned.web import wording


@staff_required
@require_POST
def repeated_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """With a title it becomes a response, to be polished; else it is not offered again."""
    row = access.repeated_answer(request.user, pk)
    title = " ".join(request.POST.get("title", "").split())[:80]
    if "leave" in request.POST:
        repeated.leave(row)
        return redirect("canned:responses")
    if not title:
        messages.error(request, _("Give it a name first."))
        return redirect("canned:responses")
    try:
        made = repeated.take(row, title=title, actor=request.user)
    except keeping.TooMany:
        messages.error(request, wording.too_many())
        return redirect("canned:responses")
    except keeping.Refused as refused:
        name, code = next(iter(refused.errors.items()))
        messages.error(request, wording.fault(name, code))
        return redirect("canned:responses")
    return redirect("canned:response", made.pk)
