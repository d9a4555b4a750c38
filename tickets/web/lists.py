"""The list of tickets: a view, a team's queue, or what a search found; 50 at a time."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, orders, presence, taking
from tickets.web import narrowing, navigation, page, place, rows, searching
from tickets.web.place import Place

NEW_CAP = 100
MOST_ROWS = 300


@staff_required
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    return redirect("tickets:list")


@staff_required
@require_safe
def ticket_list(request: StaffRequest) -> HttpResponse:
    """The page, or for htmx its rows: all of them anew, or the next ones after `before`."""
    asked = place.read(request)
    context = _rows(request, asked)
    if "HX-Request" in request.headers:
        if "live" in request.GET:  # somebody types: what stands above the rows comes with them
            context |= {"live": True, **_told(request, asked, context)}
        return render(request, "tickets/_rows.html", context)
    context |= {**_heading(request, asked), **_told(request, asked, context)}
    return render(request, "tickets/list.html", {**context, **_beside(request, asked)})


@staff_required
@require_safe
def fresh(request: StaffRequest) -> HttpResponse:
    """How many tickets of this list have news since `since`, as a chip."""
    asked = place.read(request)
    found = asked.page(request.user, order=orders.USUAL, before="", limit=NEW_CAP).tickets
    since = asked.since or timezone.now()
    count = sum(ticket.last_message_at > since for ticket in found)
    return render(request, "tickets/_fresh.html", {"count": count})


@staff_required
@require_safe
def nav(request: StaffRequest) -> HttpResponse:
    """The counts beside every page, as they are now; `here` is the address of the page that asks."""
    here = request.GET.get("here", "/")
    path, _mark, query = here.partition("?")
    try:
        request.resolver_match = resolve(path)
    except Resolver404:
        request.resolver_match = None
    request.GET = type(request.GET)(query)  # the counts are drawn as on that page
    return render(request, "tickets/_nav_items.html", navigation.context(request.user, request, wait=True))


@staff_required
@require_safe
def here(request: StaffRequest) -> HttpResponse:
    """Who has the tickets of these rows before them, each row's part by itself."""
    given = [each for each in request.GET.getlist("number")[:MOST_ROWS] if each.isdecimal()]
    shown = access.tickets(request.user).filter(number__in=[int(each[:15]) for each in given])
    by_id = dict(shown.values_list("pk", "number"))
    there = presence.of(by_id, but=request.user.pk)
    parts = [(number, there.get(pk, [])) for pk, number in by_id.items()]
    return render(request, "tickets/_here.html", {"rows": parts})


@staff_required
@require_POST
def next_ticket(request: StaffRequest) -> HttpResponse:
    """Give the colleague the most urgent ticket they may take, and lead there."""
    taken = taking.take_next(request.user)
    if taken is None:
        messages.info(request, _("Nothing waits for you. Well done."))
        return redirect("tickets:list")
    return redirect(f"{reverse('tickets:ticket', args=[taken.number])}?view=mine")


@staff_required
@require_safe
def narrow(request: StaffRequest) -> HttpResponse:
    """The form of all filters, with those of this list filled in."""
    asked = place.read(request)
    form = narrowing.NarrowForm(initial=narrowing.spread(asked.narrow), user=request.user)
    name = "_filter_form" if "HX-Request" in request.headers else "filter"
    return render(request, f"tickets/{name}.html", {"form": form, "asked": asked})


def _beside(request: StaffRequest, asked: Place) -> dict[str, Any]:
    """The ticket that was open beside the list; none when it went out of one's sight since."""
    try:
        return page.context(request, access.ticket(request.user, asked.ticket)) if asked.ticket else {}
    except Http404:
        return {}


def _rows(request: StaffRequest, asked: Place) -> dict[str, Any]:
    columns = asked.columns
    found = asked.page(request.user, shown=rows.needed(columns))
    address = asked.address
    more = urlencode({"before": found.next})
    newest = max((ticket.last_message_at for ticket in found.tickets), default=None)
    return {
        "rows": rows.rows(found.tickets, user=request.user, place=address, columns=columns),
        "first": not asked.before,
        "newest": newest.isoformat() if newest else "",
        "more": f"{reverse('tickets:list')}?{address}&{more}" if found.next else "",
        "place": address,
        "current": str(asked.ticket or ""),
        "searching": asked.searching,
        "query": asked.query,
        "view": asked.standard.name,
        "narrowed": bool(asked.narrow),
        "unset": not found.tickets and not asked.searching and _has_no_mailbox(request),
    }


def _has_no_mailbox(request: StaffRequest) -> bool:
    """Whether nothing can come in yet, told to those who can change that."""
    return request.user.is_admin and not access.channels(request.user).exists()


def _told(request: StaffRequest, asked: Place, context: dict[str, Any]) -> dict[str, Any]:
    """What narrows the list, and what a search has to say besides its rows."""
    chips = narrowing.chips(request, asked)
    return {"asked": asked, "chips": chips, **searching.told(request, asked, len(context["rows"]))}


def _heading(request: StaffRequest, asked: Place) -> dict[str, Any]:
    """The title of the list, what narrows it, and the key of the phone's tab."""
    title: Any = asked.title
    if asked.searching:
        title = _("Search")
    elif asked.team:
        team = next((team for team in navigation.teams(request) if team.pk == asked.team), None)
        title = team.name if team else _("Queue")
    return {
        "asked": asked,
        "heading": title,
        "here": asked.key,
        "orders": [(order, asked.but(order=order.name)) for order in orders.ORDERS.values()],
        "shapeable": asked.saved
        and access.may_shape(request.user, owner_id=asked.saved.owner_id, team_id=asked.saved.team_id),
    }
