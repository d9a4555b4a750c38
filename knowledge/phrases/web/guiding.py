"""What the composer asks for, once somebody writes: the phrases, and what the reply is held against."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge.phrases import access, keeping
from knowledge.phrases import facts as ticket_facts
from knowledge.phrases import pack as packs
from tickets import access as ticket_access


@staff_required
@require_safe
def facts(request: StaffRequest, number: int) -> JsonResponse:
    """Name, greeting, sign-off and questions of this ticket, and the words its reader spares."""
    ticket = ticket_access.ticket(request.user, number)
    spared = list(access.spared(request.user).values_list("words", flat=True))
    return JsonResponse({**ticket_facts.of(ticket), "spared": spared})


@staff_required
@require_safe
def pack(request: StaffRequest, language: str) -> HttpResponseBase:
    """All phrases of a language; a browser that has them already is told so (RFC 9110, 13)."""
    if not (language.isascii() and language.isalpha() and len(language) == 2):
        raise Http404
    return _unchanged(request, JsonResponse(packs.pack(language)))


@staff_required
@require_POST
def spared(request: StaffRequest) -> HttpResponse:
    """Words that are not to be marked for this colleague, or are marked again."""
    words = request.POST.get("words", "")[:200]
    if "again" in request.POST:
        keeping.mark_again(words, user=request.user)
    else:
        keeping.spare(words, user=request.user)
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    return redirect("phrases:pairs")


def _unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
