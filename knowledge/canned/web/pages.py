"""Canned responses as they are kept: found, made, changed, tried on a ticket, removed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, admin_required, staff_required
from knowledge.canned import access, keeping, shipping, using
from knowledge.canned.models import CannedResponse
from knowledge.canned.web import wording
from knowledge.canned.web.composing import preview
from knowledge.canned.web.forms import MINE, ResponseForm, TrialForm, initial
from tickets import access as ticket_access
from tickets import placeholders
from tickets.models import Topic

SHOWN = 200


@staff_required
@require_safe
def responses(request: StaffRequest) -> HttpResponse:
    """All this colleague may use: by words, topic, and whose they are; the most used first when asked."""
    query, topic = request.GET.get("q", "").strip()[:100], request.GET.get("topic", "")[:40]
    whose, order = request.GET.get("whose", ""), request.GET.get("order", "")
    found: Any = access.responses(request.user).whole()
    if query:
        words = Q(title__icontains=query) | Q(shortcut__istartswith=query.removeprefix("/"))
        found = found.filter(words | Q(wordings__body__icontains=query)).distinct()
    found = found.filter(topics__key=topic) if topic else found
    found = found.filter(_WHOSE[whose]) if whose in _WHOSE else found
    found = found.order_by("-used", "title") if order == "used" else found
    rows = [_row(request, each) for each in found[:SHOWN]]
    context = {
        "rows": rows,
        "query": query,
        "topic": topic,
        "whose": whose,
        "order": order,
        "topics": Topic.objects.filter(is_active=True),
        "repeated": access.repeated(request.user),
        "is_empty": not rows and not (query or topic or whose),
    }
    return render(request, "canned/responses.html", context)


_WHOSE = {
    "mine": Q(owner__isnull=False),
    "teams": Q(team__isnull=False),
    "all": Q(owner=None, team=None),
}


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None, ResponseForm(request.POST, user=request.user))
    first = {"whose": MINE, "is_active": True}
    return _form(request, None, ResponseForm(initial=first, user=request.user))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def response(request: StaffRequest, pk: int) -> HttpResponse:
    """One response; who may not change it reads it here."""
    found = access.response(request.user, pk)
    may = access.may_change(request.user, found)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        return _save(request, found, ResponseForm(request.POST, user=request.user, response=found))
    if not may:
        context = {"response": found, "acts": wording.acts(found.steps), "figures": using.figures(found)}
        return render(request, "canned/read.html", context)
    return _form(request, found, ResponseForm(initial=initial(found), user=request.user, response=found))


@staff_required
@require_safe
def trial(request: StaffRequest, pk: int) -> HttpResponse:
    """The response as it would stand on a ticket; nothing is kept."""
    found = access.response(request.user, pk)
    form = TrialForm(request.GET or None)
    context: dict[str, Any] = {"response": found, "form": form}
    if form.is_valid():
        try:
            ticket = ticket_access.ticket(request.user, form.cleaned_data["ticket"])
        except Http404:
            form.add_error("ticket", _("There is no such ticket for you."))
        else:
            context |= preview(request, ticket, found, form.cleaned_data["language"])
    return render(request, "canned/trial.html", context, status=422 if form.errors else 200)


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.response(request.user, pk)
    if not access.may_change(request.user, found):
        raise PermissionDenied
    keeping.remove(found, actor=request.user)
    messages.success(request, _("The response “%(title)s” is gone.") % {"title": found.title})
    return redirect("canned:responses")


@admin_required
@require_POST
def starter_set(request: StaffRequest) -> HttpResponse:
    """The responses of a web shop, as far as they are not there yet."""
    made = shipping.load()
    said = ngettext("%(count)d response was added.", "%(count)d responses were added.", made)
    messages.success(request, said % {"count": made})
    return redirect("canned:responses")


def _row(request: StaffRequest, one: CannedResponse) -> dict[str, Any]:
    told = sorted(one.wordings.all(), key=lambda each: each.language != request.user.language)
    first = next(iter(told), None)
    return {
        "response": one,
        "snippet": wording.snippet(first.body) if first else "",
        "languages": wording.languages(one),
        "share": round(100 * one.solved / one.used) if one.used else None,
    }


def _save(request: StaffRequest, found: CannedResponse | None, form: ResponseForm) -> HttpResponse:
    if not form.is_valid() or "add" in request.POST:
        return _form(request, found, form)
    given = form.given()
    try:
        if found is None:
            found = keeping.make(given.pop("title"), actor=request.user, **given)
        else:
            found = keeping.change(found, actor=request.user, **given)
    except keeping.Refused as refused:
        form.blame(refused)
        return _form(request, found, form)
    except keeping.TooMany:
        form.add_error(None, wording.too_many())
        return _form(request, found, form)
    except keeping.NotYours as error:
        raise PermissionDenied from error
    messages.success(request, _("The response “%(title)s” is saved.") % {"title": found.title})
    return redirect("canned:response", found.pk)


def _form(request: StaffRequest, found: CannedResponse | None, form: ResponseForm) -> HttpResponse:
    context = {
        "form": form,
        "response": found,
        "placeholders": placeholders.NAMES.items(),
        "figures": using.figures(found) if found else None,
        "files": found.files.all() if found else [],
    }
    return render(request, "canned/response.html", context, status=422 if form.errors else 200)
