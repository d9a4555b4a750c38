"""Files and mails as they came: served so that nothing in them can act here."""

from typing import TypeVar
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app import downloads
from channels_app.files import Missing
from helpdesk.accounts import audit
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import AuditEntry
from tickets import access
from tickets.inspection import opening, releasing
from tickets.models import Attachment, Ticket
from tickets.pictures import permission, waiting
from tickets.web import rich
from tickets.web.respond import changed

Answer = TypeVar("Answer", bound=HttpResponseBase)

CLOSED = "default-src 'none'; sandbox"
# The frame may be measured by our page (same origin) and its links may open a tab; nothing in it may run:
# without allow-scripts and with no source for scripts the rest of its origin is out of reach.
FRAME = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"  # noqa: E501


@staff_required
@require_safe
def attachment(request: StaffRequest, pk: int, name: str) -> HttpResponseBase:
    """One file, or a part of it: pictures are shown, all else is saved, and what is held stays here."""
    found = access.attachment(request.user, pk)
    if not opening.is_open(found):
        return render(request, "tickets/file.html", {"file": found, "ticket": home(found)}, status=403)
    picture = opening.picture_type(found)
    try:
        response = downloads.asked(request.headers, found.sha256, found.size)
    except Missing as error:
        raise Http404 from error
    except downloads.Unsatisfiable:
        beyond = HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
        return closed(beyond)
    response["Content-Type"] = picture or "application/octet-stream"
    inline = bool(picture) and "save" not in request.GET
    response["Content-Disposition"] = disposition(found.name or name, inline=inline)
    return closed(response)


@staff_required
@require_POST
def release(request: StaffRequest, pk: int) -> HttpResponse:
    """A supervisor lets go a file that is held."""
    found = access.attachment(request.user, pk)
    try:
        releasing.release(found, actor=request.user)
    except releasing.NotYours as error:
        raise PermissionDenied from error
    said = _("“%(name)s” can be saved now. Be careful with it.") % {"name": found.name}
    return changed(request, home(found), said)


@staff_required
@require_safe
def html(request: StaffRequest, pk: int) -> HttpResponse:
    """A message's own HTML, the document of its frame."""
    message = access.message(request.user, pk)
    if not message.html:
        raise Http404
    pictures = {each.content_id: address(each) for each in message.attachments.exclude(content_id="")}
    letter = message.html
    if permission.is_granted(message):
        letter = waiting.shown(letter, lambda number: reverse("tickets:picture", args=[pk, number]))
    response = closed(HttpResponse(rich.document(letter, pictures)))
    response["Content-Security-Policy"] = FRAME
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@staff_required
@require_safe
def raw(request: StaffRequest, pk: int) -> HttpResponse:
    """The message as it arrived, byte for byte."""
    message = access.message(request.user, pk)
    if message.record is None:
        raise Http404
    audit.record(AuditEntry.Kind.RAW_READ, actor=request.user, message=message.pk)
    response = HttpResponse(message.record.raw(), content_type="application/octet-stream")
    response["Content-Disposition"] = disposition(f"message-{message.pk}.eml")
    return closed(response)


def home(found: Attachment) -> Ticket:
    """The ticket that a file of a message or a draft stands in."""
    place = found.message or found.draft
    assert place is not None, "a constraint of the database"
    return place.ticket


def address(found: Attachment) -> str:
    return reverse("tickets:attachment", args=[found.pk, found.name or "file"])


def disposition(name: str, *, inline: bool = False) -> str:
    """The header that names a download (RFC 6266): a plain name, and the real one."""
    plain = "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\%' else "_" for char in name
    )
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def closed(response: Answer) -> Answer:
    """Nothing in this answer may run, be guessed at, or be kept by anybody else."""
    response["Content-Security-Policy"] = CLOSED
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, max_age=3600)
    return response
