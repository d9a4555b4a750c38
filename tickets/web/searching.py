"""The search beside its list: what could come next, what may have been meant, and where the words stand."""

from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, filters, search
from tickets.search import completing, hits
from tickets.search.language import LONGEST
from tickets.web.place import Place

FEW = 3  # hits that make a correction worth a look


class QueryForm(forms.Form):
    q = forms.CharField(required=False, max_length=LONGEST, strip=False)
    at = forms.IntegerField(required=False, min_value=0)


@staff_required
@require_safe
def suggestions(request: StaffRequest) -> HttpResponse:
    """What may stand at the caret: operators, their values, customers; a list to choose from."""
    query, at = _asked(request)
    found = completing.suggest(query, len(query) if at is None else at, request.user)
    return render(request, "tickets/_suggestions.html", {"suggestions": found})


@staff_required
@require_safe
def corrections(request: StaffRequest) -> HttpResponse:
    """What may have been meant, as links."""
    query, _at = _asked(request)
    found = filters.corrections(request.user, query)
    return render(request, "tickets/_corrections.html", {"corrections": found})


@staff_required
@require_safe
def where(request: StaffRequest) -> HttpResponse:
    """Where these tickets have the words: their forms, and a few words around each ticket's newest hit.

    One ticket is read whole, of many only the newest message with a hit.
    """
    query, _at = _asked(request)
    numbers = [int(each[:15]) for each in request.GET.getlist("number") if each.isdecimal()]
    shown = access.tickets(request.user).filter(number__in=numbers[: hits.MOST_TICKETS])
    found = hits.of(query, shown, messages=hits.MESSAGES_OF_ONE if len(numbers) == 1 else 1)
    return JsonResponse({"forms": found.forms, "excerpts": found.excerpts})


def told(request: StaffRequest, asked: Place, rows: int) -> dict[str, Any]:
    """What stands between the search field and what it found."""
    if not (asked.searching and asked.query) or asked.before:
        return {}
    query = search.understood(asked.query)
    return {
        "troubles": search.troubles(query, request.user),
        "corrections": [] if rows else filters.corrections(request.user, asked.query),
        "may_be_meant": 0 < rows < FEW,
        "ways": _ways(asked) if rows > 1 and query.groups else [],
    }


def _ways(asked: Place) -> list[tuple[Any, str, bool]]:
    """In which order the hits can come: its title, where it is, and whether it is this one."""
    is_best = asked.order == filters.BEST
    return [
        (_("Newest first"), asked.but(order=""), not is_best),
        (_("Best first"), asked.but(order=filters.BEST), is_best),
    ]


def _asked(request: StaffRequest) -> tuple[str, int | None]:
    form = QueryForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("q") or "", form.cleaned_data.get("at")
