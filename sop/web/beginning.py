"""Where procedures begin: blank, with what was answered on a ticket, or those that ship with the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, admin_required, staff_required
from knowledge.drafting import NoAnswer
from sop import drafting, starting, writing
from sop.web.forms import BeginForm
from tickets import access as tickets


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """A new procedure; a draft, that its writer owns."""
    first = {"title": request.GET.get("title", "")[:160], "language": request.user.language}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = writing.begin(**form.cleaned_data, actor=request.user)
        return redirect("sop:writing", made.procedure_id, made.language)
    return render(request, "sop/begin.html", {"form": form})


@staff_required
@require_POST
def from_ticket(request: StaffRequest, number: int) -> HttpResponse:
    """A procedure begun from what was answered on a ticket, in the editor."""
    ticket = tickets.ticket(request.user, number)
    try:
        made = drafting.procedure(ticket, actor=request.user)
    except NoAnswer:
        messages.error(request, _("Nobody has answered on this ticket yet: there is nothing to write down."))
    except drafting.NoCategory:
        messages.error(request, _("There is no category of procedures yet: an admin makes one first."))
    else:
        messages.success(request, _("A draft: look for what should not stand in it before you publish."))
        return redirect("sop:writing", made.procedure_id, made.language)
    return redirect("tickets:ticket", number)


@admin_required
@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """The procedures that ship with the desk, and the situations: those that are not there yet."""
    made = starting.add(actor=request.user)
    text = ngettext("%(count)d procedure added.", "%(count)d procedures added.", made) % {"count": made}
    messages.success(request, text)
    return redirect("sop:procedures")
