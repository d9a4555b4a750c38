"""Back to where a button stood, with a word of what was done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from helpdesk.accounts.guard import StaffRequest
from tickets import access, directory, naming
from tickets.models import Customer


def back(request: StaffRequest, found: Customer, said: str, *, is_wrong: bool = False) -> HttpResponse:
    """To the customer's page, or to the ticket whose panel the button stood in."""
    (messages.error if is_wrong else messages.success)(request, said)
    number = request.POST.get("ticket", "")
    here = number.isascii() and number.isdecimal() and len(number) < 18
    if here and access.tickets(request.user).filter(number=int(number)).exists():
        return redirect("tickets:ticket", int(number))
    return redirect("tickets:customer", found.pk)


def whose(request: StaffRequest, taken: directory.Taken) -> str:
    """Whose the address is, as far as the colleague may know."""
    if access.customers(request.user).filter(pk=taken.owner.pk).exists():
        told = {"address": taken.value, "name": naming.of(taken.owner)}
        return _("%(address)s belongs to %(name)s. If they are one person, join the two.") % told
    return _("%(address)s belongs to another customer.") % {"address": taken.value}
