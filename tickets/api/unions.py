"""Two customers made one, and taken apart again."""

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing, Row, Strict
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access
from tickets.api.refusing import refusals
from tickets.customers import uniting
from tickets.models import Union


class UnionSheet(Sheet):
    """Two customers joined: `source` went, `target` goes on. Undone, what was moved went back."""

    source = serializers.IntegerField(source="source_id", read_only=True)
    target = serializers.IntegerField(source="target_id", read_only=True)
    united_by = Named(read_only=True, allow_null=True)
    undone_by = Named(read_only=True, allow_null=True)

    class Meta:
        model = Union
        fields = ("id", "source", "target", "united_by", "united_at", "undone_by", "undone_at")
        read_only_fields = fields


class UnionForm(Strict):
    into = Row(access.customers, help_text="The id of the customer that goes on.")


class Unions(Desk):
    """Customers that were one person. Each join can be undone for ever."""

    noun = "unions"
    reads, writes = Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE
    sheet = UnionSheet

    @describe("Join a customer into another one", takes=UnionForm, gives=UnionSheet, status=201)
    def create(self, request: Request, pk: int) -> Response:
        customer = access.customer(request.user, pk)
        given = self.taken(UnionForm)
        with refusals():
            union = uniting.unite(customer, given["into"], actor=request.user)
        return self.shown(union, status=201, location=reverse("tickets-api:union", args=[union.pk]))

    @describe("Read a join of customers", gives=UnionSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.union(request.user, pk))

    @describe("Take joined customers apart: what came since stays", takes=Nothing, gives=UnionSheet)
    def undo(self, request: Request, pk: int) -> Response:
        union = access.union(request.user, pk)
        self.taken(Nothing)
        return self.shown(uniting.part(union, actor=request.user))
