"""The OpenAPI description, for whoever may use the API at all."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.rest.views import Desk
from helpdesk.rest.web import reading


class Schema(Desk):
    """What the API offers, as OpenAPI 3.1."""

    noun = "schema"
    schema = None

    def retrieve(self, request: Request) -> HttpResponse:
        return Response(reading.document())
