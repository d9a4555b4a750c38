"""The command palette: every place and every action by name, in the three languages; tickets and customers.

The page asks for the commands when the palette is first opened, and for what is found as one types.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from sop import shelves
from tickets import access, filters, people, search
from tickets.models import Ticket
from tickets.web import navigation
from tickets.web.palette_commands import ACTIONS, PLACES, TITLES
from tickets.web.searching import QueryForm

FOUND = 5
GUIDES = 3


@dataclass(frozen=True)
class Command:
    title: str
    also: str
    """Its names in the other languages, to be found by."""
    icon: str
    url: str = ""
    press: str = ""
    """The key of a control of the page: the command is there while the control is."""
    click: str = ""
    """A control of every page."""
    field: str = ""
    value: str = ""
    """What becomes of the tickets that are open or chosen."""
    keys: str = ""


@staff_required
@require_safe
def commands(request: StaffRequest) -> HttpResponse:
    """Everything that does not depend on what one types, by group."""
    user = request.user
    groups: list[tuple[Any, list[Command]]] = [
        (TITLES["here"], [_command(each) for each in ACTIONS]),
        (TITLES["tickets"], list(_changes(request))),
        (TITLES["views"], list(_views(request))),
        (TITLES["places"], [_command(each) for each in PLACES if each.role in ("", *_roles(user))]),
    ]
    return render(request, "tickets/_palette_commands.html", {"groups": groups})


@staff_required
@require_safe
def found(request: StaffRequest) -> HttpResponse:
    """Tickets, procedures and customers for what was typed, the ticket of that number first."""
    form = QueryForm(request.GET)
    form.is_valid()
    query = (form.cleaned_data.get("q") or "").strip()
    tickets, customers = _found(request.user, query) if len(query) > 1 or query.isdecimal() else ([], [])
    user, asks = request.user, len(query) > 2 and not query.isdecimal()
    procedures = shelves.find(query, user.language, user, limit=GUIDES) if asks else []
    context = {"tickets": tickets, "customers": customers, "procedures": procedures, "query": query}
    return render(request, "tickets/_palette_found.html", context)


def _found(user: User, query: str) -> tuple[list[Ticket], list[Any]]:
    number = search.number(query)
    exact = list(access.tickets(user).filter(number=number)[:1]) if number else []
    others = [
        each for each in filters.listed(user, "", query=query, limit=FOUND).tickets if each not in exact
    ]
    named = [] if number else people.customers_listed(user, {"q": query}).rows[:FOUND]
    return [*exact, *others][:FOUND], named


def _command(given: Any) -> Command:
    url = reverse(given.place) + given.query if given.place else ""
    return Command(
        *_named(given.title), icon=given.icon, url=url, press=given.press, click=given.click, keys=given.keys
    )


def _named(*parts: Any) -> tuple[str, str]:
    """A title in the reader's language, and in the others."""
    own, others = get_language(), []
    for language, _name in settings.LANGUAGES:
        if language != own:
            with override(language):
                others.append(": ".join(str(part) for part in parts))
    return ": ".join(str(part) for part in parts), " · ".join(others)


def _roles(user: User) -> tuple[str, ...]:
    return ("lead", "admin") if user.is_admin else ("lead",) if user.is_supervisor else ()


def _changes(request: StaffRequest) -> Iterator[Command]:
    """One thing done to the tickets that are open or chosen."""
    me = str(request.user.pk)
    yield Command(*_named(pgettext_lazy("verb", "Take")), "user", field="assignee", value=me)
    for name, title, icon, choices in (
        ("status", _("Status"), "check", Ticket.Status.choices),
        ("priority", _("Priority"), "flag", Ticket.Priority.choices),
        ("kind", _("Kind"), "tag", Ticket.Kind.choices),
    ):
        for value, label in choices:
            yield Command(*_named(title, label), icon, field=name, value=str(value))
    for team in navigation.teams(request):
        yield Command(*_named(_("Team"), team.name), "users", field="team", value=str(team.pk))
    for colleague in User.objects.people().at_work():
        yield Command(*_named(_("Assign to"), colleague), "user", field="assignee", value=str(colleague.pk))
    for value, folder in (("spam", _("Mark as spam")), ("bin", _("Delete"))):
        yield Command(*_named(folder), "shield" if value == "spam" else "trash", field="folder", value=value)


def _views(request: StaffRequest) -> Iterator[Command]:
    place = reverse("tickets:list")
    for name, view in filters.VIEWS.items():
        yield Command(*_named(view.title), view.icon, url=f"{place}?view={name}", keys=_KEYS.get(name, ""))
    for saved in access.views(request.user):
        yield Command(saved.title, "", "filter", url=f"{place}?view={saved.pk}")
    mine = None if access.sees_everything(request.user) else access.team_ids(request.user)
    for team in navigation.teams(request):
        if mine is None or team.pk in mine:
            yield Command(team.name, "", team.icon or "users", url=f"{place}?view=team&team={team.pk}")


_KEYS = {"open": "G I", "mine": "G M"}
