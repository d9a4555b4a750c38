"""The suggestion box as customers see it: read by everybody, written in by those let in by a mail."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge import access, centres
from knowledge.models import HelpCentre, Shown, Suggestion, SuggestionComment
from knowledge.models.suggestion import LONGEST_TITLE
from knowledge.suggestions import naming, posting, shelf
from knowledge.web import centre, help, limits, place, visitor
from knowledge.web.idea_forms import CommentForm, IdeaForm
from tickets.models import Customer

PER_PAGE = 20
ORDERS = {"votes": ("-wanted", "-pk"), "new": ("-pk",)}
EVERY = "all"
LONGEST = 200
View = Callable[..., HttpResponseBase]


def box(request: HttpRequest) -> HelpCentre:
    """The help centre of the request, while it has a suggestion box; raises Http404."""
    found = centre.current(request)
    if not found.has_suggestions:
        raise Http404
    return found


def let_in(view: View) -> View:
    """The view gets the customer; whoever is none is asked for their address, and comes back."""

    @wraps(view)
    def known(request: HttpRequest, language: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        box(request)
        customer = visitor.of(request)
        if customer is None:
            return redirect(entrance(language, request.path))
        return view(request, language, customer, *args, **kwargs)

    return known


def entrance(language: str, back: str) -> str:
    """Where one asks for the link that leads back to a page."""
    return f"{reverse('knowledge:help-requests', args=[language])}?next={quote(visitor.bare(back), safe='')}"


@require_safe
@limits.at_most(120, "help-ideas")
@place.spoken
def ideas(request: HttpRequest, language: str) -> HttpResponse:
    """The suggestions in the page's language, or in all; those most wanted first."""
    query, status = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("status", "")
    order, spoken = request.GET.get("sort", "votes"), request.GET.get("in", language)
    found: Any = Suggestion.objects.public().at(box(request)).counted().select_related("customer")
    if spoken != EVERY:
        found = found.filter(language=language)
    if status in Suggestion.Status.values:
        found = found.filter(status=status)
    found = found.order_by(*ORDERS.get(order, ORDERS["votes"]))
    if query:
        found = _matching(request, query, language, status)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    given = {"q": query, "status": status, "sort": order, "in": spoken if spoken == EVERY else ""}
    return help.page(
        request,
        "ideas",
        rows=_shown(request, list(page), language),
        customer=visitor.of(request),
        page=page,
        query=query,
        which=status,
        statuses=Suggestion.Status.choices,
        order=order if order in ORDERS else "votes",
        is_every=spoken == EVERY,
        kept=urlencode({name: value for name, value in given.items() if value}),
        noindex=bool(request.GET),
        language=language,
        languages=place.elsewhere("knowledge:help-ideas"),
    )


@require_safe
@limits.at_most(240, "help-suggest")
@place.spoken
def alike(request: HttpRequest, language: str) -> HttpResponse:
    """A few that say much the same as what is being typed, as a fragment."""
    asked = f"{request.GET.get('title', '')} {request.GET.get('text', '')}".strip()[:LONGEST]
    here = box(request)
    rows = shelf.find(asked, language, centre=here) if len(asked) > 2 else []
    return render(request, "knowledge/help/_ideas_alike.html", {"rows": rows, "language": language})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(6, "help-idea-new", methods=("POST",))
@place.spoken
@let_in
def new(request: HttpRequest, language: str, customer: Customer) -> HttpResponse:
    """The form; what is there already is shown before it is sent, and sent twice it is one."""
    begun = {"key": uuid.uuid4(), "title": request.GET.get("title", "")[:LONGEST_TITLE]}
    posted = request.method == "POST"
    form = IdeaForm(request.POST) if posted else IdeaForm(initial=begun)
    if posted and form.is_valid():
        data = form.cleaned_data
        if data.pop("website"):
            return redirect("knowledge:help-ideas", language)
        if not (alike := _unseen(request, data, language)):
            made = _posted(request, form, data, language, customer)
            if made:
                return redirect("knowledge:help-idea", language, made.pk)
        return _form(request, language, form, alike, asked=True)
    title = str(form["title"].value() or "")
    rows = shelf.find(title, language, centre=box(request)) if len(title) > 2 else []
    return _form(request, language, form, rows)


@require_http_methods(["GET", "HEAD"])
@limits.at_most(120, "help-ideas")
@place.spoken
def idea(request: HttpRequest, language: str, pk: int) -> HttpResponse:
    """One suggestion with what the company and others say to it."""
    row = access.shown_suggestion(box(request), pk, visitor.of(request))
    if row.merged_into_id:
        return redirect("knowledge:help-idea", language, row.merged_into_id)
    return _page(request, language, row, CommentForm(initial={"key": uuid.uuid4()}))


@require_POST
@limits.at_most(30, "help-idea-vote")
@place.spoken
@let_in
def vote(request: HttpRequest, language: str, customer: Customer, pk: int) -> HttpResponse:
    """The customer's vote, or that they take it back."""
    row = access.shown_suggestion(box(request), pk, customer)
    try:
        if request.POST.get("vote") == "0":
            posting.take_back(row, customer=customer)
        else:
            posting.vote(row, customer=customer)
    except posting.Closed:
        return redirect("knowledge:help-idea", language, pk)
    if "HX-Request" in request.headers:
        fresh = access.shown_suggestion(box(request), pk, customer)
        context = {"row": fresh, "language": language, "customer": customer, "is_open": True}
        context["is_wanted"] = bool(posting.wanted_by(customer, [fresh]))
        return render(request, "knowledge/help/_idea_vote.html", context)
    return redirect("knowledge:help-idea", language, pk)


@require_POST
@limits.at_most(6, "help-idea-comment")
@place.spoken
@let_in
def comment(request: HttpRequest, language: str, customer: Customer, pk: int) -> HttpResponse:
    """A comment, public at once or after approval."""
    row = access.shown_suggestion(box(request), pk, customer)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, language, row, form)
    if not form.cleaned_data["website"]:
        data = form.cleaned_data
        try:
            posting.comment(row, data["text"], customer=customer, key=data["key"])
        except posting.TooMany:
            form.add_error(None, _("Several of your comments wait for approval. Please wait for us."))
            return _page(request, language, row, form)
        except posting.Closed:
            pass
    return redirect(f"{reverse('knowledge:help-idea', args=[language, pk])}#comments")


def _matching(request: HttpRequest, query: str, language: str, status: str) -> list[Suggestion]:
    rows = shelf.find(query, language, centre=box(request), limit=PER_PAGE)
    return [row for row in rows if status not in Suggestion.Status.values or row.status == status]


def _shown(request: HttpRequest, rows: list[Suggestion], language: str) -> list[dict[str, Any]]:
    """Each with its vote button and whom readers see as its author."""
    customer = visitor.of(request)
    wanted = posting.wanted_by(customer, rows)
    return [
        {
            "row": row,
            "by": naming.public(row.customer, row.language),
            "is_wanted": row.pk in wanted,
            "is_open": posting.is_open(row),
            "entrance": entrance(language, reverse("knowledge:help-idea", args=[language, row.pk])),
        }
        for row in rows
    ]


def _page(request: HttpRequest, language: str, row: Suggestion, form: CommentForm) -> HttpResponse:
    customer = visitor.of(request)
    shown = _shown(request, [row], language)[0]
    return help.page(
        request,
        "idea",
        **shown,
        customer=customer,
        waits=row.shown == Shown.WAITING,
        comments=_comments(row, customer),
        form=form,
        noindex=row.shown != Shown.PUBLIC or row.language != language,
        canonical=centres.address(box(request), "help-idea", row.language, row.pk),
        language=language,
        languages=place.elsewhere("knowledge:help-idea", row.pk),
    )


def _comments(row: Suggestion, customer: Customer | None) -> list[tuple[SuggestionComment, str]]:
    """The public ones, and the visitor's own that wait; by the company, else by a first name."""
    found = row.comments.select_related("customer", "author").exclude(shown=Shown.HIDDEN)
    own = customer.pk if customer else 0
    return [
        (each, "" if each.author_id else naming.public(each.customer, row.language))
        for each in found
        if each.shown == Shown.PUBLIC or each.customer_id == own
    ]


def _unseen(request: HttpRequest, data: dict[str, Any], language: str) -> list[Suggestion]:
    """Those alike, unless the customer has seen them and sends it all the same."""
    if request.POST.get("seen"):
        return []
    return shelf.find(f"{data['title']} {data['text']}"[:LONGEST], language, centre=box(request), limit=3)


def _posted(
    request: HttpRequest, form: IdeaForm, data: dict[str, Any], language: str, customer: Customer
) -> Suggestion | None:
    try:
        return posting.post(**data, language=language, customer=customer, centre=box(request))
    except posting.TooMany:
        form.add_error(None, _("Several of your suggestions wait for approval. Please wait for us."))
        return None


def _form(
    request: HttpRequest, language: str, form: IdeaForm, rows: list[Suggestion], *, asked: bool = False
) -> HttpResponse:
    return help.page(
        request,
        "idea_new",
        form=form,
        rows=rows,
        asked=asked and bool(rows),
        noindex=True,
        language=language,
        languages=place.elsewhere("knowledge:help-idea-new"),
    )
