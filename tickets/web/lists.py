"""The list of tickets: a view, a team's queue, or what a search found; 50 at a time."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Team
from tickets import access, filters
from tickets.web import navigation, page, rows
from tickets.web.forms import ListForm

NEW_CAP = 100


@staff_required
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    return redirect("tickets:list")


@staff_required
@require_safe
def ticket_list(request: StaffRequest) -> HttpResponse:
    """The page, or for htmx its rows: all of them anew, or the next ones after `before`."""
    asked = ListForm(request.GET).asked()
    if "HX-Request" in request.headers:
        return render(request, "tickets/_rows.html", _rows(request, asked))
    context = {**_rows(request, asked), **_heading(request, asked), "asked": asked}
    if asked["ticket"]:
        context |= page.context(request, access.ticket(request.user, asked["ticket"]))
    return render(request, "tickets/list.html", context)


@staff_required
@require_safe
def fresh(request: StaffRequest) -> HttpResponse:
    """How many tickets of this list have news since `since`, as a chip."""
    asked = ListForm(request.GET).asked()
    found = filters.listed(
        request.user, asked["view"], team=asked["team"], narrow=asked["narrow"], limit=NEW_CAP
    ).tickets
    since = asked["since"] or timezone.now()
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
    return render(request, "tickets/_nav_items.html", navigation.context(request.user, request))


def _rows(request: StaffRequest, asked: dict[str, Any]) -> dict[str, Any]:
    found = filters.listed(
        request.user,
        asked["view"],
        team=asked["team"],
        query=asked["q"],
        narrow=asked["narrow"],
        before=asked["before"],
    )
    if asked["searching"] and not asked["q"]:
        found = filters.Page(tickets=[], next="")
    place = {key: asked[key] for key in ("view", "team", "q") if asked[key]} | asked["narrow"]
    listing = reverse("tickets:list")
    return {
        "rows": rows.rows(found.tickets, place=urlencode(place)),
        "first": not asked["before"],
        "newest": found.tickets[0].last_message_at.isoformat() if found.tickets else "",
        "more": f"{listing}?{urlencode({**place, 'before': found.next})}" if found.next else "",
        "place": urlencode(place),
        "current": str(asked["ticket"] or ""),
        "searching": asked["searching"],
        "query": asked["q"],
        "view": asked["view"],
    }


def _heading(request: StaffRequest, asked: dict[str, Any]) -> dict[str, Any]:
    """The title of the list and the key of the phone's tab."""
    if asked["searching"]:
        return {"heading": _("Search"), "here": "search"}
    if asked["team"]:
        team = Team.objects.filter(pk=asked["team"]).first()
        return {"heading": team.name if team else _("Queue"), "here": f"team-{asked['team']}"}
    view = filters.VIEWS.get(asked["view"], filters.VIEWS["open"])
    return {"heading": view.title, "here": view.name}
