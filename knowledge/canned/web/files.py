"""Files that go along with a response: added, saved, taken away."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app import downloads
from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge.canned import access, keeping
from knowledge.canned.web import wording


@staff_required
@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    response = access.response(request.user, pk)
    language = request.POST.get("language", "")
    spoken = {each.language for each in response.wordings.all()}
    try:
        for file in request.FILES.getlist("files"):
            keeping.attach(
                response,
                actor=request.user,
                name=file.name or "",
                content=file.read() if (file.size or 0) <= keeping.LARGEST else b"",
                content_type=file.content_type or "",
                language=language if language in spoken else "",
            )
    except keeping.NotYours as error:
        raise PermissionDenied from error
    except keeping.Refused as refused:
        messages.error(request, wording.fault("files", refused.errors["files"]))
    except keeping.TooMany:
        messages.error(request, _("At most %(most)d files fit.") % {"most": keeping.MOST_FILES})
    return redirect("canned:response", pk)


@staff_required
@require_safe
def file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The bytes, to be saved: they are never shown as a page of ours."""
    found = access.file(request.user, pk)
    response = downloads.answer(found.sha256, found.size)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.file(request.user, pk)
    try:
        keeping.detach(found, actor=request.user)
    except keeping.NotYours as error:
        raise PermissionDenied from error
    return redirect("canned:response", found.response_id)
