"""A ticket for colleagues, tied to a customer's."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Team, User
from tickets import access, assignment, horizon, internal, replies
from tickets.web.typed import Key, Words


class InternalForm(forms.Form):
    key = Key(widget=forms.HiddenInput)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=1000)
    body = Words(
        label=gettext_lazy("What is to be done?"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    team = forms.ModelChoiceField(
        Team.objects.all(),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("As the customer's ticket"),
    )
    assignee = forms.ModelChoiceField(
        User.objects.people().at_work(),
        label=gettext_lazy("Assignee"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_internal(request: StaffRequest, number: int) -> HttpResponse:
    """The form; posted, the new ticket, unless it is with a team whose tickets one does not see."""
    ticket = access.ticket(request.user, number)
    posted = request.method == "POST"
    form = InternalForm(request.POST if posted else None, initial={"key": uuid.uuid4()})
    if posted and form.is_valid():
        try:
            made = internal.open_for(ticket, author=request.user, **form.cleaned_data)
        except assignment.CannotTake as refusal:
            form.add_error("assignee", _("%(name)s may not see this ticket.") % {"name": refusal})
        except replies.Empty:
            form.add_error("body", _("There is nothing in it."))
        else:
            if horizon.sees(request.user, made):
                return redirect("tickets:ticket", made.number)
            said = _("#%(number)d is with another team now.") % {"number": made.number}
            messages.success(request, said)
            return redirect("tickets:ticket", ticket.number)
    context = {"ticket": ticket, "form": form}
    return render(request, "tickets/internal.html", context, status=422 if form.errors else 200)
