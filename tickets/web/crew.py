"""Who of the teams is there, what they have, and moving work between them: for supervisors and admins."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Membership, Team, User
from tickets import access, horizon, orders
from tickets.models import Availability, Competence, Ticket
from tickets.routing import requirements, returning, staff
from tickets.routing.requirements import Requirement
from tickets.web import times
from tickets.web.changes import change
from tickets.web.crew_forms import HandBackForm, MemberForm
from tickets.web.respond import changed, refused

SHOWN = 6
WAITING = 30
MOST_TICKETS = 3000


@dataclass(frozen=True, kw_only=True)
class Place:
    """A colleague on the board."""

    user: User
    row: Availability
    breath: datetime | None
    load: int
    percent: int
    tickets: list[Ticket]
    more: int
    known: list[Competence]
    lacks: list[Requirement]
    """What they have to read before they are given tickets of some topics."""


@staff_required
@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """The colleagues of one's teams with their loads, and what waits for somebody; live."""
    _for_leads(request.user)
    now = timezone.now()
    teams = _teams(request.user)
    people = User.objects.people().at_work().filter(memberships__team__in=teams).distinct()
    places = _places(request.user, list(people), now)
    context = {
        "places": places,
        "waiting": _waiting(request.user, now, places),
        "most_waiting": WAITING,
        "here": "crew",
    }
    name = "_crew" if "HX-Request" in request.headers else "crew"
    return render(request, f"tickets/{name}.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: StaffRequest, pk: int) -> HttpResponse:
    """One colleague: whether they are there, what they can take, speak and know."""
    _for_leads(request.user)
    people = User.objects.people().at_work().filter(memberships__team__in=_teams(request.user))
    user = people.filter(pk=pk).first()
    if user is None:
        raise Http404
    form = MemberForm(request.POST or None, user=user)
    if form.is_valid():
        form.save(actor=request.user)
        messages.success(request, _("Saved: %(name)s.") % {"name": user})
        return redirect("tickets:crew")
    context = {"form": form, "colleague": user, "here": "crew"}
    return render(request, "tickets/crew_member.html", context, status=422 if form.errors else 200)


@change(HandBackForm)
def hand_back(request: StaffRequest, ticket: Ticket, value: str) -> HttpResponse:
    """One's own ticket goes back to the team, and to somebody else."""
    try:
        after = returning.hand_back(ticket, actor=request.user, reason=value)
    except returning.NotTheirs:
        return refused(request, ticket, _("You do not have this ticket."))
    return changed(request, after, _("#%(number)d is given back.") % {"number": ticket.number})


def _for_leads(user: User) -> None:
    if user.role == User.Role.AGENT:
        raise PermissionDenied


def _teams(user: User) -> list[int]:
    """An admin's are all of them."""
    own = horizon.team_ids(user)
    return list(Team.objects.values_list("pk", flat=True)) if user.is_admin else own


def _places(viewer: User, people: list[User], now: datetime) -> list[Place]:
    rows = {row.pk: row for row in Availability.objects.filter(pk__in=[each.pk for each in people])}
    found = [rows.get(each.pk) or Availability(user=each) for each in people]
    loads = {each.user: each.load for each in staff.with_loads(found, {}, now)}
    known: dict[int, list[Competence]] = {}
    for competence in Competence.objects.filter(user__in=people).select_related("skill"):
        known.setdefault(competence.user_id, []).append(competence)
    held = access.tickets(viewer).held().filter(assignee__in=people)
    lacks = requirements.missing(each.pk for each in people)
    tickets: dict[int | None, list[Ticket]] = {}
    for ticket in orders.named("urgent").sort(held).defer("custom", "verdict")[:MOST_TICKETS]:
        tickets.setdefault(ticket.assignee_id, []).append(ticket)
    return [
        Place(
            user=user,
            row=row,
            breath=row.breath(now),
            load=loads[user.pk],
            percent=min(100, round(100 * loads[user.pk] / row.capacity)) if row.capacity else 100,
            tickets=tickets.get(user.pk, [])[:SHOWN],
            more=max(0, len(tickets.get(user.pk, [])) - SHOWN),
            known=known.get(user.pk, []),
            lacks=lacks.get(user.pk, []),
        )
        for user, row in zip(people, found, strict=True)
    ]


def _waiting(viewer: User, now: datetime, places: list[Place]) -> list[tuple[Ticket, str, list[User]]]:
    """What waits, for how long, and who of its team is not given it before they have read something."""
    found = orders.named("urgent").sort(access.tickets(viewer).unowned()).select_related("team")[:WAITING]
    lacks = {one.user: one.lacks for one in places if one.lacks}
    teams = set(Membership.objects.filter(user__in=lacks).values_list("user", "team")) if lacks else set()
    return [
        (
            each,
            times.span(each.waiting_since, now) if each.waiting_since else "",
            [
                user
                for user, rows in lacks.items()
                if (user.pk, each.team_id) in teams and requirements.kept_from({user.pk: rows}, each)
            ],
        )
        for each in found
    ]
