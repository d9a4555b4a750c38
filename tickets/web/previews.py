"""Files shown beside the ticket: the words of a text, the rows of a table, the pages of a PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_app import files as stored
from channels_app import reading
from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access
from tickets.inspection import opening, showing
from tickets.models import Attachment
from tickets.web.files import home


@staff_required
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What a file holds, as a page or for the gallery; what is held, or has no preview, says so."""
    found = access.attachment(request.user, pk)
    context: dict[str, object] = {"file": found, "ticket": home(found)}
    if not opening.is_open(found):
        return render(request, "tickets/file.html", context, status=403)
    context["kind"] = kind = showing.kind(found)
    if kind == showing.Kind.TEXT:
        context["shown"] = _shown(found)
    name = "_preview" if "HX-Request" in request.headers else "preview"
    return render(request, f"tickets/{name}.html", context)


def _shown(found: Attachment) -> showing.Shown:
    try:
        with stored.open_stored(found.sha256) as file:
            content = file.read(showing.LIMIT)
    except stored.Missing as error:
        raise Http404 from error
    is_cut = found.size > len(content)
    return showing.shown(reading.words(content, is_cut=is_cut), found.name, is_cut=is_cut)
