"""Canned responses beside a ticket: offered as one types, read filled in, put where one writes."""

import hashlib
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Company
from knowledge.canned import access, filling, fitting, using
from knowledge.canned.models import CannedResponse
from knowledge.canned.web import wording
from knowledge.canned.web.forms import UseForm
from tickets import access as ticket_access
from tickets import macros
from tickets.models import Batch, Draft, Ticket

MOST_SHOWN = 400


@staff_required
@require_safe
def offers(request: StaffRequest, number: int) -> HttpResponseBase:
    """The responses for this ticket, those that fit first: options for the composer, or a page of its own."""
    ticket = ticket_access.ticket(request.user, number)
    found = fitting.ordered(access.responses(request.user).active().whole(), ticket)[:MOST_SHOWN]
    wanted, own = filling.wanted_language(ticket), request.user.company.language
    rows = []
    for response, fits in found:
        words = filling.chosen(response, wanted, own)
        rows.append((response, fits, wording.snippet(words.body) if words else ""))
    context = {"ticket": ticket, "rows": rows, "mode": _mode(request.GET.get("mode", ""), ticket)}
    if "options" not in request.GET:
        return render(request, "canned/choose.html", context)
    return unchanged(request, render(request, "canned/_options.html", context))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """The response as it would stand on this ticket; sent as a form, it is used."""
    ticket = ticket_access.ticket(request.user, number)
    response = access.response(request.user, pk)
    if request.method == "POST":
        return _used(request, ticket, response)
    language = request.GET.get("language", "")[:8]
    context = preview(request, ticket, response, language)
    context |= {"key": uuid.uuid4(), "mode": _mode(request.GET.get("mode", ""), ticket), "chosen": language}
    if "preview" in request.GET:
        return render(request, "canned/_preview.html", context)
    return render(request, "canned/one.html", context)


def preview(request: StaffRequest, ticket: Ticket, response: CannedResponse, language: str) -> dict[str, Any]:
    filled = filling.fill(response, ticket, agent=request.user, company=Company.load(), language=language)
    return {
        "ticket": ticket,
        "response": response,
        "filled": filled,
        "missing": wording.named(filled.missing),
        "spoken": wording.language(filled.language),
        "wanted": wording.language(filled.wanted),
        "acts": wording.acts(response.steps),
        "languages": [(each.language, wording.language(each.language)) for each in response.wordings.all()],
    }


def unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer with its digest: a browser that has the same one already is told so (RFC 9110, 13)."""
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _used(request: StaffRequest, ticket: Ticket, response: CannedResponse) -> HttpResponse:
    form = UseForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": _("That is not possible.")}, status=422)
    given = form.cleaned_data
    how: dict[str, Any] = {
        "actor": request.user,
        "key": given["key"] or uuid.uuid4(),
        "mode": _mode(given["mode"], ticket),
        "language": given["language"],
        "acts": not given["words_only"],
    }
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        if wants_json:
            filled, batch = using.use(response, ticket, **how)
            return JsonResponse(_told(request, ticket, response, filled, batch))
        using.write(response, ticket, **how)
    except macros.Lost as lost:
        if wants_json:
            return JsonResponse({"error": wording.lost(lost)}, status=409)
        messages.error(request, wording.lost(lost))
        return redirect("canned:one", ticket.number, response.pk)
    return redirect(f"{reverse('tickets:ticket', args=[ticket.number])}#composer")


def _told(
    request: StaffRequest,
    ticket: Ticket,
    response: CannedResponse,
    filled: filling.Filled,
    batch: Batch | None,
) -> dict[str, Any]:
    """What the composer puts in, and what it tells of the actions."""
    told = {"text": filled.text, "html": filled.html, "files": len(filled.files), "toast": ""}
    if batch and batch.changes:
        said = "; ".join(f"{label}: {value}" for label, value in wording.acts(response.steps))
        address = reverse("tickets:macro-undo", args=[ticket.number])
        undo = {"url": address, "name": "pick", "value": batch.pk}
        told["toast"] = render_to_string("_toast.html", {"text": said, "undo": undo}, request)
    elif batch and batch.left:
        told["toast"] = render_to_string(
            "_toast.html",
            {"text": _("This ticket cannot take the actions: they were left out."), "tone": "danger"},
            request,
        )
    return told


def _mode(wanted: str, ticket: Ticket) -> str:
    if wanted in Draft.ON_TICKET:
        return wanted
    return Draft.Mode.NOTE if ticket.is_internal else Draft.Mode.REPLY
