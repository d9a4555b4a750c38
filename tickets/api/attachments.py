"""Files of messages: what they are, and their bytes, whole or in parts."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app import downloads, files
from helpdesk.accounts.models import Scope
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Bytes, Desk, WhateverIsThere
from tickets import access
from tickets.api.sheets import AttachmentSheet
from tickets.inspection import opening
from tickets.web.files import closed, disposition

RANGE = OpenApiParameter(
    "Range",
    {"type": "string", "pattern": "^bytes=[0-9]+-[0-9]*$"},
    OpenApiParameter.HEADER,
    description="A part of the file, such as `bytes=0-1023`; answered with 206.",
)


class Attachments(Desk):
    """Files of messages and of one's own drafts."""

    noun = "attachments"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = AttachmentSheet

    @describe("Read what a file is", gives=AttachmentSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.attachment(request.user, pk))


class Contents(Desk):
    """The bytes of a file. They are always saved, never shown: whatever is in them cannot act here."""

    noun = "attachments"
    reads = Scope.TICKETS_READ
    renderer_classes = [Bytes]
    content_negotiation_class = WhateverIsThere

    @describe(
        "Download a file, or a part of it",
        gives={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (206, "application/octet-stream"): OpenApiTypes.BINARY,
        },
        parameters=(RANGE,),
    )
    def content(self, request: Request, pk: int) -> HttpResponseBase:
        found = access.attachment(request.user, pk)
        if not opening.is_open(found):
            raise PermissionDenied(_("The file is held, or still being checked."))
        header = request.headers
        try:
            response = downloads.answer(
                found.sha256,
                found.size,
                range_=header.get("Range", ""),
                if_range=header.get("If-Range", ""),
                if_none_match=header.get("If-None-Match", ""),
            )
        except files.Missing as error:
            raise Http404 from error
        response["Content-Type"] = "application/octet-stream"
        response["Content-Disposition"] = disposition(found.name or "file")
        return closed(response)
