"""The organisations' pages: the list, and one with its customers."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, directory, fields, naming, people
from tickets.models import CustomField
from tickets.web import rows, times, values
from tickets.web.finding import OrganisationSearch
from tickets.web.people_forms import NewOrganisationForm


@staff_required
@require_safe
def organisations(request: StaffRequest) -> HttpResponse:
    """The list by name, or for htmx the next rows."""
    search = OrganisationSearch(request.GET)
    page = people.organisations_listed(request.user, search.asked(), after=request.GET.get("after", ""))
    name = "_organisations" if "HX-Request" in request.headers else "organisations"
    return render(request, f"tickets/people/{name}.html", search.shown(request, page.rows, page.next))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    form = NewOrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = directory.add_organisation(form.cleaned_data, actor=request.user)
        except directory.NameTaken:
            form.add_error("name", _("Another organisation is called so."))
        except directory.DomainTaken as taken:
            form.add_error(
                "domains", _("Another organisation has the domain %(domain)s.") % {"domain": taken}
            )
        except directory.Everybodys as free:
            form.add_error("domains", _("Anybody may have an address at %(domain)s.") % {"domain": free})
        else:
            return redirect("tickets:organisation", made.pk)
    return render(request, "tickets/people/organisation_add.html", {"form": form})


@staff_required
@require_safe
def organisation(request: StaffRequest, pk: int) -> HttpResponse:
    """One organisation with its customers by name; for htmx the next of them."""
    found = access.organisation(request.user, pk)
    page = people.customers_listed(
        request.user, {"organisation": str(pk)}, after=request.GET.get("after", "")
    )
    listed = {
        "rows": [(each, rows.initials(naming.of(each))) for each in page.rows],
        "more": f"{request.path}?{urlencode({'after': page.next})}" if page.next else "",
        "first": "after" not in request.GET,
    }
    if "HX-Request" in request.headers:
        return render(request, "tickets/people/_customers.html", listed)
    now, newest = timezone.now(), people.tickets_of_organisation(request.user, found)
    context = {
        **listed,
        "organisation": found,
        "values": values.of_organisation(found),
        "own": values.organisations_own(found, fields.of(CustomField.Of.ORGANISATION)),
        "notes": values.notes_of(found),
        "tickets": [(each, times.day(each.last_message_at, now)) for each in newest],
    }
    return render(request, "tickets/people/organisation.html", context)
