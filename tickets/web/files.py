"""Files and mails as they came: served so that nothing in them can act here."""

from typing import TypeVar
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from channels_app import files
from channels_app.files import Missing
from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access
from tickets.models import Attachment
from tickets.pictures import permission, waiting
from tickets.web import rich

Answer = TypeVar("Answer", bound=HttpResponseBase)

# What a browser draws by itself without running anything; all else is saved, never shown.
RASTER = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}
CLOSED = "default-src 'none'; sandbox"
# The frame may be measured by our page (same origin) and its links may open a tab; nothing in it may run:
# without allow-scripts and with no source for scripts the rest of its origin is out of reach.
FRAME = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"  # noqa: E501


@staff_required
@require_safe
def attachment(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """One file: pictures are shown, everything else is saved under its own name."""
    found = access.attachment(request.user, pk)
    try:
        content = files.read(found.sha256)
    except Missing as error:
        raise Http404 from error
    shown = found.content_type in RASTER
    response = HttpResponse(content, content_type=found.content_type if shown else "application/octet-stream")
    response["Content-Disposition"] = disposition(
        found.name or name, inline=shown and "save" not in request.GET
    )
    return closed(response)


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
    response = HttpResponse(message.record.raw(), content_type="application/octet-stream")
    response["Content-Disposition"] = disposition(f"message-{message.pk}.eml")
    return closed(response)


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
