"""Files of messages: what they are, and their bytes, whole or in parts."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app import downloads, files
from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing, Strict
from helpdesk.rest.problems import Fault, Problem, conflict
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Bytes, Desk, WhateverIsThere
from tickets import access, drafts, uploads
from tickets.api.sheets import AttachmentSheet
from tickets.inspection import opening, releasing
from tickets.web.files import closed, disposition

RANGE = OpenApiParameter(
    "Range",
    str,
    OpenApiParameter.HEADER,
    description="A part of the file, such as `bytes=0-1023`; answered with 206.",
)


class NewFile(Strict):
    file = serializers.FileField(max_length=255, allow_empty_file=True, help_text="At most 25 MB.")


class Uploads(Desk):
    """Files sent ahead of the message that will carry them."""

    noun = "attachments"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = AttachmentSheet
    parser_classes = [MultiPartParser]

    @describe(
        "Send a file ahead, for a message or a draft to take within a day",
        takes={"multipart/form-data": NewFile},
        gives=AttachmentSheet,
        status=201,
    )
    def create(self, request: Request) -> Response:
        file = self.taken(NewFile)["file"]
        if file.size > uploads.LARGEST:
            raise Problem(
                413, "too-large", f"A file may have {uploads.LARGEST} bytes.", Fault("#/file", "Too large.")
            )
        kept = uploads.keep_sent(request.user, file)
        return self.shown(kept, status=201, location=reverse("tickets-api:attachment", args=[kept.pk]))


class Attachments(Desk):
    """Files of messages and of one's own drafts."""

    noun = "attachments"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = AttachmentSheet

    @describe("Take a file off a draft, or back before a message took it", status=204, gives=NOTHING)
    def destroy(self, request: Request, pk: int) -> Response:
        found = access.attachment(request.user, pk)
        if found.message_id is not None:
            raise conflict("The files of a message stay with it.")
        drafts.detach(found)
        return Response(status=204)

    @describe("Let a held file go, as a supervisor or an admin may", takes=Nothing, gives=AttachmentSheet)
    def release(self, request: Request, pk: int) -> Response:
        found = access.attachment(request.user, pk)
        self.taken(Nothing)
        try:
            releasing.release(found, actor=request.user)
        except releasing.NotYours as refusal:
            raise Problem(403, "forbidden", "Supervisors and admins let held files go.") from refusal
        return self.retrieve(request, pk)

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
            raise Problem(403, "held", "The file is held, or still being checked.")
        try:
            response = downloads.asked(request.headers, found.sha256, found.size)
        except files.Missing as error:
            raise Http404 from error
        except downloads.Unsatisfiable as refusal:
            detail = f"The file has {found.size} bytes; the range begins behind its end."
            headers = {"Content-Range": f"bytes */{found.size}"}
            raise Problem(416, "range", detail, headers=headers) from refusal
        response["Content-Type"] = "application/octet-stream"
        response["Content-Disposition"] = disposition(found.name or "file")
        return closed(response)
