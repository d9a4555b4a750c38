"""Personal data on request: all of it as a file, or erased for good. For admins."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, admin_required
from tickets import access, naming, people
from tickets.customers import erasing, exporting


class ErasureForm(forms.Form):
    """What becomes of the words, and that it is meant."""

    words = forms.ChoiceField(
        label=gettext_lazy("Tickets and messages"),
        choices=[
            (erasing.REDACT, gettext_lazy("Stay, without their words: figures and history remain")),
            (erasing.DELETE, gettext_lazy("Are deleted too, with everything on these tickets")),
        ],
        initial=erasing.REDACT,
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=gettext_lazy("I know that it cannot be undone"))


@admin_required
@require_POST
def export(request: StaffRequest, pk: int) -> HttpResponseBase:
    """All that is known about the customer, as JSON."""
    customer = access.customer(request.user, pk)
    response = StreamingHttpResponse(
        exporting.export(customer, actor=request.user), content_type="application/json"
    )
    response["Content-Disposition"] = f'attachment; filename="customer-{customer.pk}.json"'
    return response


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask what becomes of the words, then erase."""
    customer = access.customer(request.user, pk)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        count = erasing.erase(customer, words=form.cleaned_data["words"], actor=request.user)
        said = ngettext(
            "Erased, with the words of %(count)d ticket.",
            "Erased, with the words of %(count)d tickets.",
            count,
        )
        messages.success(request, said % {"count": count})
        return redirect("tickets:customers")
    context = {
        "customer": customer,
        "who": naming.of(customer),
        "form": form,
        "totals": people.totals(request.user, customer),
        "why": _("Personal data goes for good: names, addresses, notes, words, files, raw mail."),
    }
    return render(request, "tickets/people/erasure.html", context)
