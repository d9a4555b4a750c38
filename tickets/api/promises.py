"""What customers were promised, by when, and whether it was kept."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing, Strict
from helpdesk.rest.filters import Id, OneOf
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access, promises
from tickets.api.refusing import refusals
from tickets.models import Promise

ME, LAPSED = "me", "lapsed"


class PromiseForm(Strict):
    due_at = serializers.DateTimeField(
        help_text="By when the customer hears from us: to come, within a year."
    )


class PromiseSheet(Sheet):
    """An answer that was promised by a time. Who has the ticket keeps it; `kept_by` is the reply that did."""

    related = ("ticket", "made_by")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    made_by = Named(read_only=True, allow_null=True)
    message = serializers.IntegerField(source="message_id", read_only=True, allow_null=True)
    kept_by = serializers.IntegerField(source="kept_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Promise
        fields = (
            *("id", "ticket", "state", "due_at", "made_by", "made_at", "message", "reminded_at", "lapsed_at"),
            *("settled_at", "kept_by"),
        )
        read_only_fields = fields


class PromiseFilter(FilterSet):
    state = OneOf([*Promise.State.values, LAPSED], method="in_state", help_text="`lapsed`: open, and over.")
    ticket = Id(field_name="ticket__number", help_text="The number of the ticket.")
    keeper = OneOf([ME], method="kept_by_me", help_text="`me`: those that you have to keep.")

    class Meta:
        model = Promise
        fields: list[str] = []

    def in_state(self, found: QuerySet[Promise], name: str, value: str) -> QuerySet[Promise]:
        if value == LAPSED:
            return found.filter(state=Promise.State.OPEN, due_at__lte=self._now())
        return found.filter(state=value)

    def kept_by_me(self, found: Any, name: str, value: str) -> QuerySet[Promise]:
        return found.of(self.request.user.pk)

    @staticmethod
    def _now() -> datetime:
        return timezone.now()


class Promises(Desk):
    """What customers were promised on tickets, and by when."""

    noun = "promises"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet, filters = PromiseSheet, PromiseFilter
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List promises", gives=PromiseSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.promises(request.user))

    @describe("Read a promise", gives=PromiseSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.promises(request.user), pk=pk))

    @describe(
        "Promise an answer; one that is open gets the new time",
        takes=PromiseForm,
        gives=PromiseSheet,
        status=201,
    )
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(PromiseForm)
        with refusals():
            made = promises.make(ticket, given["due_at"], actor=request.user)
        found = self.one(access.promises(request.user), pk=made.pk)
        return self.shown(found, status=201, location=reverse("tickets-api:promise", args=[made.pk]))

    @describe("Give it another time; one that is settled stays", takes=PromiseForm, gives=PromiseSheet)
    def partial_update(self, request: Request, pk: int) -> Response:
        promise = access.promise(request.user, pk)
        given = self.taken(PromiseForm)
        with refusals():
            promises.move(promise, given["due_at"], actor=request.user)
        return self.retrieve(request, pk)

    @describe("It was kept, in another way than by a reply", takes=Nothing, gives=PromiseSheet)
    def keep(self, request: Request, pk: int) -> Response:
        promise = access.promise(request.user, pk)
        self.taken(Nothing)
        promises.keep(promise.ticket, actor=request.user)
        return self.retrieve(request, pk)

    @describe("Take it back", takes=Nothing, gives=PromiseSheet)
    def withdraw(self, request: Request, pk: int) -> Response:
        promise = access.promise(request.user, pk)
        self.taken(Nothing)
        promises.withdraw(promise.ticket, actor=request.user)
        return self.retrieve(request, pk)
