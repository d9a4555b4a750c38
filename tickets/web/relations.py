"""How a ticket hangs together with others: the list, making a link, taking it away, resolving its parts."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, lifecycle, linking, ties
from tickets.models import Ticket
from tickets.web import kin
from tickets.web.respond import changed


class LinkForm(forms.Form):
    relation = forms.ChoiceField(
        label=gettext_lazy("This ticket is"),
        choices=[
            (linking.PART, gettext_lazy("a part of")),
            (linking.WHOLE, gettext_lazy("the whole of which a part is")),
            (linking.RELATED, gettext_lazy("related to")),
            (linking.DUPLICATE, gettext_lazy("a duplicate of")),
            (linking.ORIGINAL, gettext_lazy("the original of")),
        ],
    )
    other = forms.CharField(
        label=gettext_lazy("Ticket"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "#1044"}),
        error_messages={"required": gettext_lazy("Which ticket?")},
    )
    resolve = forms.BooleanField(label=gettext_lazy("Resolve this one: it goes on there"), required=False)

    def clean_other(self) -> int:
        typed = self.cleaned_data["other"].strip().lstrip("#")
        if not (typed.isascii() and typed.isdecimal()):
            raise forms.ValidationError(_("The number of a ticket, such as #1044."))
        return min(int(typed), 2**62)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def relations(request: StaffRequest, number: int) -> HttpResponse:
    """What the ticket is linked with, a page or a part of the panel; posted to it is a new link."""
    ticket = access.ticket(request.user, number)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _linked(request, ticket, form):
        messages.success(request, _("Linked."))
        return redirect("tickets:relations", ticket.number)
    context = {"ticket": ticket, "links": kin.lines(ticket, request.user), "form": form}
    part = "HX-Request" in request.headers and request.method != "POST"
    name = "_relations" if part else "relations"
    return render(request, f"tickets/{name}.html", context, status=422 if form.errors else 200)


def _linked(request: StaffRequest, ticket: Ticket, form: LinkForm) -> bool:
    given = form.cleaned_data
    other = access.tickets(request.user).filter(number=given["other"]).first()
    if other is None:
        form.add_error("other", _("There is no ticket with this number that you may see."))
        return False
    try:
        if given["resolve"] and given["relation"] == linking.DUPLICATE:
            linking.settle_duplicate(ticket, other, actor=request.user)
        else:
            linking.link(ticket, other, given["relation"], actor=request.user)
    except linking.CannotLink:
        said = _("They cannot be linked so: a ticket has one whole and one original, and no circle.")
        form.add_error("other", said)
        return False
    return True


@staff_required
@require_POST
def unlink(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    linking.unlink(ties.link(request.user, ticket, pk), actor=request.user)
    messages.success(request, _("The link is gone."))
    return redirect("tickets:relations", ticket.number)


@staff_required
@require_POST
def parts(request: StaffRequest, number: int) -> HttpResponse:
    """Resolve the open parts of a ticket that the reader may see."""
    ticket = access.ticket(request.user, number)
    seen = access.tickets(request.user).filter(pk__in=[each.pk for each in linking.open_parts(ticket)])
    done = [lifecycle.resolve(each, actor=request.user) for each in seen.order_by("id")]
    said = ngettext("%(count)d part was resolved.", "%(count)d parts were resolved.", len(done))
    return changed(request, ticket, said % {"count": len(done)})
