"""Addresses added to a customer and taken away."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, directory
from tickets.models import Identity
from tickets.web.people_forms import IdentityForm
from tickets.web.returning import back, whose


@staff_required
@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """From now on who writes from there is this customer; of another one it is offered to join the two."""
    found = access.customer(request.user, pk)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return back(request, found, str(next(iter(form.errors.values()))[0]), is_wrong=True)
    try:
        directory.add_identity(found, *form.identity(), actor=request.user)
    except directory.Taken as taken:
        return back(request, found, whose(request, taken), is_wrong=True)
    return back(request, found, _("The address is added."))


@staff_required
@require_POST
def remove(request: StaffRequest, pk: int, identity: int) -> HttpResponse:
    found = access.customer(request.user, pk)
    known = Identity.objects.filter(customer=found, pk=identity).first()
    if known is None:
        raise Http404
    try:
        directory.remove_identity(known, actor=request.user)
    except directory.LastIdentity:
        return back(
            request, found, _("It is the only one: without it nobody could answer them."), is_wrong=True
        )
    return back(request, found, _("%(address)s is no longer theirs.") % {"address": known})
