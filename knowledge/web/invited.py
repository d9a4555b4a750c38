"""The page behind the mail that asks how it went: the link proves who reads it, a button rates."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.web import help, limits, place, rating
from tickets import ratings
from tickets.inviting import links
from tickets.models import RatingInvitation, Ticket

View = Callable[..., HttpResponseBase]


def asked(view: View) -> View:
    """The view gets the question whose link this is, or None."""

    @wraps(view)
    def reading(request: HttpRequest, language: str, token: str) -> HttpResponseBase:
        return view(request, language, links.read(token), token)

    return reading


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, "help-rate-invited")
@place.spoken
@asked
def rate(request: HttpRequest, language: str, found: RatingInvitation | None, token: str) -> HttpResponse:
    """The form with the score of the link chosen; programs that open links rate nothing."""
    here = reverse("knowledge:help-rate-invited", args=[language, token])
    ticket = found.ticket if found and _still_stands(found) else None
    context: dict[str, Any] = {"language": language, "noindex": True, "ticket": ticket, "rate_url": here}
    context["is_reopened"] = bool(found and not ticket)
    if ticket is None:
        return help.page(request, "rate", **context)
    score = request.GET.get("score", "")
    begun = rating.begun(ticket, score) if score in Ticket.Score.values else None
    form = rating.RatingForm(request.POST) if request.method == "POST" else begun
    if form and form.is_bound and form.is_valid():
        try:
            ratings.rate(
                ticket, form.cleaned_data["score"], form.cleaned_data["comment"], customer=ticket.customer
            )
        except ratings.NotNow:
            return redirect(here)
        return redirect(f"{here}?done=1")
    context["done"] = "done" in request.GET
    return help.page(request, "rate", **context, **rating.context(ticket, form))


@csrf_exempt  # mail programs end mail by a POST of their own (RFC 8058); the token says which
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, "help-rate-invited")
@place.spoken
@asked
def leave(request: HttpRequest, language: str, found: RatingInvitation | None, token: str) -> HttpResponse:
    """No more such questions: by a button."""
    if request.method == "POST" and found:
        links.refuse(found)
    done = request.method == "POST"
    return help.page(
        request, "rate_left", noindex=True, language=language, valid=found is not None, done=done
    )


def _still_stands(found: RatingInvitation) -> bool:
    """Whether the resolution that was asked about is the one there is."""
    standing = ratings.of(found.ticket)
    is_same = found.ticket.resolved_at == found.resolved_at
    return is_same and (standing is not None or ratings.is_open(found.ticket, None, timezone.now()))
