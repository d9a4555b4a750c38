"""Messages that may belong to another ticket: found, joined to it, kept apart, thought over."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing
from helpdesk.rest.filters import Id, OneOf
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access, doubts, merging
from tickets.api.joining import MoveSheet
from tickets.api.refusing import refusals
from tickets.models import Doubt

JOINED = "joined"
STATES = [*Doubt.State.values, JOINED]
CODE = {"type": ["string", "null"], "enum": [*Doubt.Reason.values, None]}


class DoubtSheet(Sheet):
    """A message became ticket `ticket` and may belong to `other`. Who sees the other alone learns no more."""

    related = ("ticket", "other", "decided_by")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    other = serializers.IntegerField(source="other.number", read_only=True)
    message = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    decided_by = Named(read_only=True, allow_null=True)

    class Meta:
        model = Doubt
        fields = (
            *("id", "ticket", "other", "message", "reason", "state"),
            *("decided_by", "decided_at", "raised_at"),
        )
        read_only_fields = fields

    @extend_schema_field({"type": ["integer", "null"]})
    def get_message(self, doubt: Any) -> int | None:
        return doubt.message_id if doubt.own_is_seen else None

    @extend_schema_field(CODE)
    def get_reason(self, doubt: Any) -> str | None:
        return doubt.reason if doubt.own_is_seen else None

    @extend_schema_field({"type": "string", "enum": STATES})
    def get_state(self, doubt: Doubt) -> str:
        return JOINED if doubt.ticket.merged_into_id else doubt.state


class DoubtFilter(FilterSet):
    state = OneOf(STATES, method="in_state", help_text="Whether it is decided, and how.")
    ticket = Id(method="of_ticket", help_text="The number of either ticket.")

    class Meta:
        model = Doubt
        fields: list[str] = []

    def in_state(self, found: QuerySet[Doubt], name: str, value: str) -> QuerySet[Doubt]:
        if value == JOINED:
            return found.filter(ticket__merged_into__isnull=False)
        return found.filter(ticket__merged_into=None, state=value)

    def of_ticket(self, found: QuerySet[Doubt], name: str, value: int) -> QuerySet[Doubt]:
        return found.filter(Q(ticket__number=value) | Q(other__number=value))


class Doubts(Desk):
    """Messages that may belong to another ticket: nobody steers a ticket by one until it is decided."""

    noun = "doubts"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet, filters = DoubtSheet, DoubtFilter
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List doubts", gives=DoubtSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.all_doubts(request.user))

    @describe("Read a doubt", gives=DoubtSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.all_doubts(request.user), pk=pk))

    @describe("Keep the message as a ticket of its own", takes=Nothing, gives=DoubtSheet)
    def part(self, request: Request, pk: int) -> Response:
        return self._decided(pk, doubts.keep_apart)

    @describe("Think it over: to be decided once more", takes=Nothing, gives=DoubtSheet)
    def reconsider(self, request: Request, pk: int) -> Response:
        return self._decided(pk, doubts.reconsider)

    @describe("Show both tickets to the supervisors", takes=Nothing, gives=DoubtSheet)
    def escalate(self, request: Request, pk: int) -> Response:
        found = self.one(access.all_doubts(request.user), pk=pk)
        self.taken(Nothing)
        doubts.ask_supervisors(found, actor=request.user)
        return self.retrieve(request, pk)

    def _decided(self, pk: int, verb: Any) -> Response:
        found = access.own_doubt(self.request.user, pk)
        self.taken(Nothing)
        verb(found, actor=self.request.user)
        return self.retrieve(self.request, pk)


class DoubtJoins(Desk):
    """Messages that may belong to another ticket: nobody steers a ticket by one until it is decided."""

    noun = "doubts"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = MoveSheet

    @describe("Join it to the other ticket; undone as every move", takes=Nothing, gives=MoveSheet, status=201)
    def join(self, request: Request, pk: int) -> Response:
        """Only by who sees both tickets."""
        found = access.own_doubt(request.user, pk)
        other = access.ticket(request.user, found.other.number)
        self.taken(Nothing)
        with refusals():
            move = merging.join(found.ticket, other, actor=request.user)
        return self.shown(move, status=201, location=reverse("tickets-api:move", args=[move.pk]))
