"""Two customers that are one person: chosen, joined, taken apart again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, naming, people
from tickets.customers import uniting
from tickets.models import Customer
from tickets.web import rows
from tickets.web.returning import back

MOST_CANDIDATES = 20


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def unite(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose the customer that this one is too, and join them."""
    found = access.customer(request.user, pk)
    if request.method == "POST":
        return _unite(request, found)
    query = request.GET.get("q", "")[:200]
    others = access.customers(request.user).exclude(pk=pk).select_related("organisation")
    if query:
        candidates = people.CustomerFilter({"q": query}, others).qs
    else:  # namesakes are the likeliest
        candidates = others.filter(name__iexact=found.name) if found.name else others.none()
    candidates = candidates.prefetch_related("identities").order_by("-pk")[:MOST_CANDIDATES]
    shown = [(each, rows.initials(naming.of(each))) for each in candidates]
    context = {"customer": found, "who": naming.of(found), "query": query, "candidates": shown}
    return render(request, "tickets/people/joining.html", context)


@staff_required
@require_POST
def part(request: StaffRequest, pk: int) -> HttpResponse:
    """Take apart again what was joined: it works for ever."""
    union = access.union(request.user, pk)
    uniting.part(union, actor=request.user)
    found = access.customer(request.user, uniting.survivor(union.target_id))
    return back(request, found, _("Taken apart again. What came since stays here."))


def _unite(request: StaffRequest, found: Customer) -> HttpResponse:
    given = request.POST.get("into", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 18):
        messages.error(request, _("Choose the customer to join with."))
        return redirect("tickets:customer-joining", found.pk)
    into = access.customer(request.user, int(given))
    try:
        union = uniting.unite(found, into, actor=request.user)
    except uniting.CannotUnite:
        return back(request, found, _("They are one customer already."), is_wrong=True)
    messages.success(request, _("They are one customer now. It can be undone below at any time."))
    return redirect("tickets:customer", union.target_id)
