"""Procedures beside a ticket: which fit, and following one. Parts of its page, and pages of their own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from sop import access, fitting, following, shelves, situations, steps
from sop.models import Following, Mark, Remedy, Situation
from sop.web.browsing import LONGEST, Shown, steps_shown
from tickets import access as tickets
from tickets.models import Ticket

FOUND = 6


@dataclass(frozen=True)
class Ticked:
    """A step on the way, with what became of it."""

    shown: Shown
    mark: Mark | None
    reason: str

    @property
    def chosen(self) -> str:
        return self.mark.choice if self.mark else ""


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: StaffRequest, number: int) -> HttpResponse:
    """What is followed on the ticket, what fits it, what may be offered; posted to, one is begun."""
    ticket = tickets.ticket(request.user, number)
    if request.method == "POST":
        return _begin(request, ticket)
    query = request.GET.get("q", "").strip()[:LONGEST]
    user = request.user
    open_now = list(_followings(ticket))
    going = {each.procedure_id for each in open_now if not each.outcome}
    fits = [] if query else fitting.find(ticket, user, most=fitting.MOST + len(going))
    context = {
        "ticket": ticket,
        "query": query,
        "followings": open_now,
        "fits": [fit for fit in fits if fit.wording.procedure_id not in going][: fitting.MOST],
        "found": shelves.find(query, user.language, user, limit=FOUND) if query else [],
        "situations": [] if query else _offers(ticket, request, [*going, *_procedures(fits)]),
    }
    if "HX-Request" in request.headers:
        return render(request, "sop/_found.html" if query else "sop/_panel.html", context)
    return render(request, "sop/panel.html", context)


@staff_required
@require_safe
def followed(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    return _shown(request, access.following(request.user, number, pk))


@staff_required
@require_POST
def mark(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """One step: done or not, decided, or left out with its reason."""
    found = access.following(request.user, number, pk)
    given, user, error = request.POST, request.user, ""
    step = given.get("step", "")
    try:
        if "choice" in given:
            following.choose(found, step, given["choice"], actor=user)
        elif "reason" in given:
            following.leave_out(found, step, reason=given["reason"], actor=user)
        else:
            following.tick(found, step, done=bool(given.get("done")), actor=user)
    except following.NoReason:
        error = _("Why is the step left out?")
    except following.NoSuchStep:
        error = _("There is no such step.")
    except following.Ended:
        error = _("A colleague has ended this procedure.")
    return _answer(request, found, error)


@staff_required
@require_POST
def end(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Done as written, or ended otherwise with the reason."""
    found, error = access.following(request.user, number, pk), ""
    try:
        following.end(found, reason=request.POST.get("reason", ""), actor=request.user)
    except following.NoReason:
        error = _("Steps are left. Why is it ended here?")
    return _answer(request, found, error)


@staff_required
@require_POST
def resume(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Go on with one that was ended."""
    found = following.resume(access.following(request.user, number, pk), actor=request.user)
    return _answer(request, found, "")


def _begin(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    asked = request.POST.get("procedure", "")
    rows = access.published(request.user).filter(language=request.POST.get("language", ""))
    row = get_object_or_404(rows, procedure=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
    if row.published is None:
        raise ValueError(f"{row} is not published")
    made = following.begin(ticket, row.published, actor=request.user)
    return _answer(request, made, "")


def _answer(request: StaffRequest, found: Following, error: str) -> HttpResponse:
    if error or "HX-Request" in request.headers:
        return _shown(request, access.following(request.user, found.ticket.number, found.pk), error)
    return redirect("sop:following", found.ticket.number, found.pk)


def _shown(request: StaffRequest, found: Following, error: str = "") -> HttpResponse:
    marks = {each.step: each for each in found.marks.select_related("by", "note")}
    path = following.way(found, marks.values())
    numbered = {each.step.key: each for each in steps_shown(steps.read(found.edition.steps), request.user)}
    rows = [_ticked(numbered[step.key], marks.get(step.key)) for step in path.steps]
    left = next((each for each in rows if not each.mark and not each.shown.step.optional), None)
    context: dict[str, Any] = {
        "following": found,
        "ticket": found.ticket,
        "rows": rows,
        "now": left.shown.step.key if left else "",
        "is_whole": path.is_whole,
        "is_done": following.is_done(found, marks.values()),
        "newer": _newer(found),
        "error": error,
    }
    name = "sop/_following.html" if "HX-Request" in request.headers else "sop/following.html"
    return render(request, name, context)


def _ticked(shown: Shown, found: Mark | None) -> Ticked:
    note = found.note.text.partition("\n")[2] if found and found.note else ""
    return Ticked(shown, found, note)


def _newer(found: Following) -> int | None:
    """The number of the version that colleagues work by now, where it is another one."""
    now = found.edition.wording.published
    return now.number if now and now.pk != found.edition_id else None


def _followings(ticket: Ticket) -> Any:
    rows = Following.objects.filter(ticket=ticket).select_related("edition", "ended_by", "begun_by")
    return rows.order_by("outcome", "-pk")


def _procedures(fits: list[fitting.Fit]) -> list[int]:
    return [fit.wording.procedure_id for fit in fits]


def _offers(
    ticket: Ticket, request: StaffRequest, procedures: list[int]
) -> list[tuple[Situation, list[tuple[Remedy, list[situations.Allowance]]]]]:
    """Each situation with its remedies, and what this colleague may give of them alone."""
    role = request.user.role
    return [
        (each, [(remedy, situations.allowances(remedy, role)) for remedy in each.remedies.all()])
        for each in situations.fitting(ticket, procedures)
    ]
