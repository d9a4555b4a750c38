"""The customers' pages: the list, one customer, who is blocked, and what is done to one of them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, directory, fields, naming, people
from tickets.customers import FREE_MAIL, blocking, domains, uniting
from tickets.models import Customer, CustomField, Identity, Union
from tickets.web import rows, times, values, whispers
from tickets.web.finding import CustomerSearch
from tickets.web.people_forms import NewCustomerForm
from tickets.web.returning import whose
from tickets.web.whispers import Whisper


@staff_required
@require_safe
def customers(request: StaffRequest) -> HttpResponse:
    """The list by name, or for htmx the next rows."""
    search = CustomerSearch(request.GET)
    asked = search.asked()
    page = people.customers_listed(request.user, asked, after=request.GET.get("after", ""))
    named = [(each, rows.initials(naming.of(each))) for each in page.rows]
    context = {**search.shown(request, named, page.next), "asked": asked}
    name = "_customers" if "HX-Request" in request.headers else "customers"
    return render(request, f"tickets/people/{name}.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """A customer written down by hand."""
    form = NewCustomerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = directory.add_customer(
                {"name": form.cleaned_data["name"]}, form.identities(), actor=request.user
            )
        except directory.Taken as taken:
            form.add_error(None, whose(request, taken))
        else:
            return redirect("tickets:customer", made.pk)
    return render(request, "tickets/people/add.html", {"form": form})


@staff_required
@require_safe
def customer(request: StaffRequest, pk: int) -> HttpResponseBase:
    """One customer; of one who was joined into another, the page of the other. For htmx: older tickets."""
    if (heir := uniting.survivor(pk)) != pk:
        return redirect("tickets:customer", access.customer(request.user, heir).pk)
    found = access.customer(request.user, pk)
    page = people.tickets_listed(request.user, found, after=request.GET.get("after", ""))
    now = timezone.now()
    listed = {
        "tickets": [(each, times.day(each.last_message_at, now)) for each in page.rows],
        "more": f"{request.path}?{urlencode({'after': page.next})}" if page.next else "",
    }
    if "HX-Request" in request.headers:
        return render(request, "tickets/people/_tickets.html", listed)
    return render(request, "tickets/people/customer.html", {**listed, **_page(request, found)})


def _page(request: StaffRequest, found: Customer) -> dict[str, Any]:
    """What stands beside the tickets of a customer."""
    now = timezone.now()
    totals = people.totals(request.user, found)
    return {
        "customer": found,
        "who": naming.of(found),
        "initials": rows.initials(naming.of(found)),
        "name": values.name_of(found),
        "identities": found.identities.all(),
        "kinds": Identity.Kind.choices,
        "values": values.of_customer(found),
        "own": values.customers_own(found, fields.of(CustomField.Of.CUSTOMER)),
        "notes": values.notes_of(found),
        "their_time": times.there(found.time_zone, now),
        "totals": totals,
        "last": times.day(totals.last_at, now) if totals.last_at else "",
        "unions": _unions(request, found),
        "events": _events(found),
        "domain": _domain(found) if domains.may_block(request.user) else "",
        "held": blocking.held_tickets(found).count() if found.blocked_at else 0,
    }


def _domain(found: Customer) -> str:
    """Where they write from, if it may be a domain of their own; "" for none."""
    mail = (each.value for each in found.identities.all() if each.kind == Identity.Kind.EMAIL)
    names = (each.rpartition("@")[2] for each in mail)
    return next((each for each in names if each not in FREE_MAIL), "")


def _unions(request: StaffRequest, found: Customer) -> list[tuple[Union, str, str]]:
    """Who was joined into this customer, and when."""
    now = timezone.now()
    return [
        (each, naming.of(each.source), times.moment(each.united_at, now))
        for each in access.unions(request.user, found)
    ]


def _events(found: Customer) -> list[Whisper]:
    return whispers.of(people.told_of(found)[: whispers.MOST])
