"""The suggestion box in the workspace: what waits, what is wanted most, and what becomes of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from knowledge import access, centres
from knowledge.models import Shown, Suggestion, SuggestionComment
from knowledge.suggestions import deciding, from_tickets, posting
from knowledge.web.box_forms import BeginForm, DecisionForm, ReplyForm
from tickets import access as tickets
from tickets.models import Ticket

PER_PAGE = 50
OFFERED = 200


@staff_required
@require_safe
def suggestions(request: StaffRequest) -> HttpResponse:
    """All, those that wait first; or those of a state, or with some words."""
    query, which = request.GET.get("q", "").strip()[:200], request.GET.get("show", "")
    found = _chosen(request.user, query, which)
    page = Paginator(found.order_by("-is_waiting", "-wanted", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "query": query,
        "which": which,
        "filters": [(Shown.WAITING, Shown.WAITING.label), *Suggestion.Status.choices],
        "hidden": Shown.HIDDEN,
        "is_shut": not any(each.has_suggestions for each in centres.every()),
        "has_brands": centres.several(),
    }
    return render(request, "knowledge/suggestions.html", context)


def _chosen(user: User, query: str, which: str) -> Any:
    """Those with these words, of this state; with how many of their comments wait."""
    found: Any = access.suggestions(user).filter(merged_into=None).counted()
    found = found.select_related("customer", "centre").annotate(
        asked=Count("comments", filter=Q(comments__shown=Shown.WAITING)),
        is_waiting=ExpressionWrapper(Q(shown=Shown.WAITING), BooleanField()),
    )
    if query:
        found = found.filter(Q(title__icontains=query) | Q(text__icontains=query))
    if which in Suggestion.Status.values:
        return found.filter(status=which, shown=Shown.PUBLIC)
    if which == Shown.WAITING:
        return found.filter(Q(shown=Shown.WAITING) | Q(asked__gt=0))
    return found.filter(shown=Shown.HIDDEN) if which == Shown.HIDDEN else found


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """A suggestion that was made by telephone or in a shop."""
    posted = request.method == "POST"
    form = BeginForm(request.POST) if posted else BeginForm(initial={"language": request.user.language})
    if posted and form.is_valid():
        first = centres.every()[0]
        chosen = form.cleaned_data.pop("centre", None)
        given = {**form.cleaned_data, "centre": None if chosen == first else chosen}
        made = posting.note(**given, actor=request.user, key=uuid.uuid4())
        return redirect("knowledge:suggestion", made.pk)
    return render(request, "knowledge/suggestion_begin.html", {"form": form})


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: StaffRequest, pk: int) -> HttpResponse:
    """One suggestion: its words, who wants it, what is said; supervisors decide."""
    row = access.suggestion(request.user, pk)
    posted = request.method == "POST"
    form = DecisionForm(request.POST) if posted else DecisionForm.of(row)
    if posted and form.is_valid():
        given = dict(form.cleaned_data)
        if "publish" in request.POST:
            given["shown"] = Shown.PUBLIC.value
        _decide(request, row, given)
        return redirect("knowledge:suggestion", pk)
    return render(request, "knowledge/suggestion.html", _context(request, row, form))


@staff_required
@require_POST
def unite(request: StaffRequest, pk: int) -> HttpResponse:
    """Make it one with another: votes and comments go there."""
    row = access.suggestion(request.user, pk)
    into = access.suggestions(request.user).filter(pk=_number(request.POST.get("into", ""))).first()
    try:
        if into is None:
            raise deciding.CannotUnite
        deciding.unite(row, into, actor=request.user)
    except deciding.NotAllowed as refusal:
        raise PermissionDenied from refusal
    except deciding.CannotUnite:
        messages.error(request, _("Choose another suggestion that stands for itself."))
        return redirect("knowledge:suggestion", pk)
    messages.success(request, _("United. Votes and comments are together now."))
    return redirect("knowledge:suggestion", into.pk)


@staff_required
@require_POST
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    """A comment in the name of the company."""
    row = access.suggestion(request.user, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        posting.reply(row, **form.cleaned_data, actor=request.user)
    return redirect(f"{reverse('knowledge:suggestion', args=[pk])}#comments")


@staff_required
@require_POST
def moderate(request: StaffRequest, pk: int, comment: int) -> HttpResponse:
    """Let a comment be seen, or hide it."""
    row = access.suggestion(request.user, pk)
    said = get_object_or_404(SuggestionComment, pk=comment, suggestion=row)
    shown = Shown.PUBLIC if request.POST.get("shown") == Shown.PUBLIC else Shown.HIDDEN
    try:
        deciding.show(said, shown, actor=request.user)
    except deciding.NotAllowed as refusal:
        raise PermissionDenied from refusal
    return redirect(f"{reverse('knowledge:suggestion', args=[pk])}#comments")


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: StaffRequest, number: int) -> HttpResponse:
    """Beside a ticket: what it is counted for, what is alike, and one click that makes it a suggestion."""
    ticket = tickets.ticket(request.user, number)
    if request.method == "POST":
        return _taken_up(request, ticket)
    known = from_tickets.of(ticket)
    context = {"ticket": ticket, "known": known, "rows": [] if known else from_tickets.alike(ticket)}
    name = "_suggestion_beside" if "HX-Request" in request.headers else "suggestion_beside"
    return render(request, f"knowledge/{name}.html", context)


def _taken_up(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    asked = _number(request.POST.get("suggestion", ""))
    if asked:
        row = access.suggestion(request.user, asked)
        from_tickets.count_in(ticket, row)
        messages.success(request, _("The customer's vote is counted for it."))
    else:
        row = from_tickets.make(ticket, actor=request.user)
        messages.success(
            request, _("A suggestion: look for what should not stand in it before it is public.")
        )
    return redirect("knowledge:suggestion", row.pk)


def _decide(request: StaffRequest, row: Suggestion, given: dict[str, Any]) -> None:
    try:
        done = deciding.change(row, actor=request.user, **given)
    except deciding.NotAllowed as refusal:
        raise PermissionDenied from refusal
    if done.status != row.status and done.shown == Shown.PUBLIC:
        messages.success(request, _("Saved. Those who voted hear of it by mail in five minutes."))
    else:
        messages.success(request, _("Saved."))


def _context(request: StaffRequest, row: Suggestion, form: DecisionForm) -> dict[str, Any]:
    votes = row.votes.select_related("customer", "ticket").order_by("-pk")
    seen = tickets.tickets(request.user).filter(pk__in=votes.exclude(ticket=None).values("ticket"))
    others = (
        access.suggestions(request.user).filter(merged_into=None, centre=row.centre_id).exclude(pk=row.pk)
    )
    is_public = row.shown == Shown.PUBLIC and not row.merged_into_id
    return {
        "row": row,
        "form": form,
        "may_decide": access.may_decide(request.user),
        "votes": votes[:PER_PAGE],
        "tickets": seen.order_by("-pk")[:PER_PAGE],
        "comments": row.comments.select_related("customer", "author"),
        "changes": row.changes.select_related("user")[:PER_PAGE],
        "others": others.order_by("title")[:OFFERED],
        "merged": row.merged.all(),
        "public_url": _address(row) if is_public else "",
        "key": uuid.uuid4(),
    }


def _address(row: Suggestion) -> str:
    """Where readers see it."""
    here = posting.of(row)
    language = row.language if row.language in here.offered else next(iter(here.offered))
    return centres.address(here, "help-idea", language, row.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
