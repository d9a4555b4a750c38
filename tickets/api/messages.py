"""Messages and notes, and what happened to their tickets."""

from django.http import Http404
from django.http.response import HttpResponse, HttpResponseBase
from django_filters import FilterSet
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, Scope
from helpdesk.rest import scopes
from helpdesk.rest.filters import Id, OneOf, Text, YesNo, before, since
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Bytes, Desk, WhateverIsThere
from tickets import access
from tickets.api.sheets import EventSheet, MessageSheet
from tickets.models import Event, Message
from tickets.web.files import closed, disposition

BY_AGE = {"-created": ("-id",), "created": ("id",)}


class MessageFilter(FilterSet):
    ticket = Id(field_name="ticket__number", help_text="A ticket's number.")
    direction = OneOf(Message.Direction.values, help_text="`in`, `out` or `note`.")
    author = Id(field_name="author_id", help_text="A colleague's id.")
    customer = Id(field_name="customer_id", help_text="A customer's id.")
    is_automatic = YesNo(help_text="Whether a program wrote it.")
    external_id = Text(max_length=255, help_text="The Message-ID without brackets.")
    created_after = since("created_at")
    created_before = before("created_at")

    class Meta:
        model = Message
        fields: list[str] = []


class Messages(Desk):
    """What customers wrote, what was answered, and notes among colleagues."""

    noun = "messages"
    reads = Scope.TICKETS_READ
    sheet, filters, orders = MessageSheet, MessageFilter, BY_AGE

    @describe("List messages and notes", gives=MessageSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.messages(request.user))

    @describe("Read a message", gives=MessageSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.messages(request.user), pk=pk))


class RawMessages(Desk):
    """A message as it arrived, byte for byte."""

    noun = "messages"
    reads = Scope.RAW_READ
    renderer_classes = [Bytes]
    content_negotiation_class = WhateverIsThere

    @describe("Read a message as it arrived", gives={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def raw(self, request: Request, pk: int) -> HttpResponseBase:
        scopes.require(request, Scope.TICKETS_READ)
        message = access.message(request.user, pk)
        if message.record is None:
            raise Http404
        token = request.auth.pk if request.auth is not None else None
        audit.record(AuditEntry.Kind.RAW_READ, actor=request.user, message=message.pk, token=token)
        response = HttpResponse(message.record.raw(), content_type="application/octet-stream")
        response["Content-Disposition"] = disposition(f"message-{message.pk}.eml")
        return closed(response)


class EventFilter(FilterSet):
    ticket = Id(field_name="ticket__number", help_text="A ticket's number.")
    kind = OneOf(Event.Kind.values, help_text="What happened.")
    user = Id(field_name="user_id", help_text="By this colleague.")
    after = since("at")
    before = before("at")

    class Meta:
        model = Event
        fields: list[str] = []


class Events(Desk):
    """What happened to tickets, told once and never changed. `data` holds ids and codes."""

    noun = "events"
    reads = Scope.TICKETS_READ
    sheet, filters, orders = EventSheet, EventFilter, BY_AGE

    @describe("List events", gives=EventSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.events(request.user))

    @describe("Read an event", gives=EventSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.events(request.user), pk=pk))
