"""The command palette: every place and every action by name, in the three languages; tickets and customers.

The page asks for the commands when the palette is first opened, and for what is found as one types.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from knowledge import shelves as articles
from knowledge.canned import access as canned
from sop import shelves
from tickets import access, filters, horizon, people, search
from tickets.models import Ticket
from tickets.web import later, navigation
from tickets.web.palette_commands import ACTIONS, MERGE, PLACES, TITLES
from tickets.web.searching import QueryForm

FOUND = 5
FEW = 3
RESPONSES = 400


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
    here: str = ""
    """Where it is done on the one ticket that is open, read before it is done; its number stands for 0."""
    keys: str = ""


@staff_required
@require_safe
def commands(request: StaffRequest) -> HttpResponse:
    """Everything that does not depend on what one types, by group."""
    user = request.user
    groups: list[tuple[Any, list[Command]]] = [
        (TITLES["here"], [_command(each) for each in ACTIONS]),
        (TITLES["tickets"], list(_changes(request))),
        (TITLES["macros"], list(_macros(user))),
        (TITLES["responses"], list(_responses(user))),
        (TITLES["views"], list(_views(request))),
        (TITLES["places"], [_command(each) for each in PLACES if each.role in ("", *_roles(user))]),
        (TITLES["settings"], list(_settings(request)) if user.is_admin else []),
    ]
    return render(request, "tickets/_palette_commands.html", {"groups": groups})


@staff_required
@require_safe
def found(request: StaffRequest) -> HttpResponse:
    """Tickets, people, procedures and articles for what was typed, the ticket of that number first."""
    form = QueryForm(request.GET)
    form.is_valid()
    query = (form.cleaned_data.get("q") or "").strip()
    user, by_number = request.user, query.isdecimal()
    context: dict[str, Any] = {"query": query, "tickets": [], "customers": []}
    if len(query) > 1 or by_number:
        context["tickets"] = _tickets(user, query)
    if len(query) > 1 and not search.number(query):
        context["customers"] = people.customers_listed(user, {"q": query}).rows[:FOUND]
        context["organisations"] = people.organisations_listed(user, {"name": query}).rows[:FEW]
    if len(query) > 2 and not by_number:
        context["procedures"] = shelves.find(query, user.language, user, limit=FEW)
        context["articles"] = articles.find_all(query, user.language, limit=FEW)
    return render(request, "tickets/_palette_found.html", context)


def _tickets(user: User, query: str) -> list[Ticket]:
    number = search.number(query)
    exact = list(access.tickets(user).filter(number=number)[:1]) if number else []
    found = filters.listed(user, "", query=query, limit=FOUND).tickets
    return [*exact, *(each for each in found if each not in exact)][:FOUND]


def _command(given: Any) -> Command:
    url = reverse(given.place) + given.query if given.place else ""
    title, also = _named(given.title)
    also = " · ".join((also, *_everywhere(given.words))) if given.words else also
    return Command(title, also, given.icon, url=url, press=given.press, click=given.click, keys=given.keys)


def _named(*parts: Any) -> tuple[str, str]:
    """A title in the reader's language, and in the others."""
    own, others = get_language(), []
    for language, _name in settings.LANGUAGES:
        if language != own:
            with override(language):
                others.append(": ".join(str(part) for part in parts))
    return ": ".join(str(part) for part in parts), " · ".join(others)


def _everywhere(words: Any) -> Iterator[str]:
    """The same words in every language of the desk."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield str(words)


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
    for name, until, _at in later.snoozes(timezone.now()):
        yield Command(*_named(pgettext_lazy("verb", "Snooze"), until), "moon", field="snooze", value=name)
    for value, mark in (("1", _("Mark as unread")), ("0", _("Mark as read"))):
        yield Command(*_named(mark), "mail", field="new", value=value)
    for value, mark in (("1", pgettext_lazy("verb", "Watch")), ("0", _("Do not watch any more"))):
        yield Command(*_named(mark), "eye", field="watch", value=value)
    one, others = _named(_("Make them one"))
    yield Command(one, " · ".join((others, *_everywhere(MERGE))), "merge", field="merge", value="1")
    for value, folder in (("spam", _("Mark as spam")), ("bin", _("Delete"))):
        yield Command(*_named(folder), "shield" if value == "spam" else "trash", field="folder", value=value)


def _views(request: StaffRequest) -> Iterator[Command]:
    place = reverse("tickets:list")
    for name, view in filters.VIEWS.items():
        yield Command(*_named(view.title), view.icon, url=f"{place}?view={name}", keys=_KEYS.get(name, ""))
    for saved in access.views(request.user):
        yield Command(saved.title, "", "filter", url=f"{place}?view={saved.pk}")
    mine = None if horizon.sees_everything(request.user) else horizon.team_ids(request.user)
    for team in navigation.teams(request):
        if mine is None or team.pk in mine:
            yield Command(team.name, "", team.icon or "users", url=f"{place}?view=team&team={team.pk}")


def _macros(user: User) -> Iterator[Command]:
    """Run on the open ticket, or on those chosen: what they do is read first."""
    for macro in access.macros(user):
        here = reverse("tickets:macro-run", args=[0, macro.pk])
        yield Command(macro.title, "", "list-checks", field="macro", value=str(macro.pk), here=here)


def _responses(user: User) -> Iterator[Command]:
    """On a ticket as they would stand there, elsewhere as they are kept."""
    for response in canned.responses(user).active()[:RESPONSES]:
        url, here = (
            reverse("canned:response", args=[response.pk]),
            reverse("canned:one", args=[0, response.pk]),
        )
        yield Command(response.title, response.shortcut, "copy", url=url, here=here)


def _settings(request: StaffRequest) -> Iterator[Command]:
    """For admins: each mailbox, and each table of the admin's pages, by name."""
    for channel in access.channels(request.user).order_by("name"):
        url = reverse("channels:mailbox", args=[channel.pk])
        yield Command(*_named(_("Mailbox"), channel.name), "mail", url=url)
    for app in admin.site.get_app_list(request):
        for table in app["models"]:
            if table["admin_url"]:
                name = table["model"]._meta.verbose_name_plural
                yield Command(*_named(capfirst(name)), "settings", url=table["admin_url"])


_KEYS = {"open": "G I", "mine": "G M"}
