"""Personal data taken out and erased, for admins."""

from typing import Any

from django.http import Http404, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Choice, Strict
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Bytes, Desk, WhateverIsThere
from tickets import access
from tickets.customers import erasing, exporting
from tickets.models import Customer


class ErasureForm(Strict):
    words = Choice(
        choices=[erasing.REDACT, erasing.DELETE],
        help_text="`redact`: tickets stay without their words; `delete`: they go too.",
    )


class Erasures(Desk):
    """Personal data erased for good. For admins."""

    noun = "customers"
    writes = Scope.CUSTOMERS_WRITE

    @describe("Erase a customer's personal data for good", takes=ErasureForm, gives=NOTHING, status=204)
    def erase(self, request: Request, pk: int) -> Response:
        customer = _for_admins(request, pk)
        given = self.taken(ErasureForm)
        erasing.erase(customer, words=given["words"], actor=request.user)
        return Response(status=204)


class Exports(Desk):
    """Everything that is known about a customer, for them. For admins."""

    noun = "customers"
    reads = Scope.CUSTOMERS_READ
    renderer_classes = [Bytes]
    content_negotiation_class = WhateverIsThere

    @describe("Export all data of a customer", gives={(200, "application/json"): OpenApiTypes.OBJECT})
    def export(self, request: Request, pk: int) -> StreamingHttpResponse:
        customer = _for_admins(request, pk)
        pieces = exporting.export(customer, actor=request.user)
        return StreamingHttpResponse(pieces, content_type="application/json")


def _for_admins(request: Request, pk: int) -> Customer:
    """The customer, for an admin; for others there is nothing here."""
    user: Any = request.user
    if not user.is_admin:
        raise Http404
    return access.customer(user, pk)
