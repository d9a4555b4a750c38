"""How tickets are linked, and watching one."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Choice, Nothing, Strict
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access, linking, ties, watching
from tickets.api.joining import Other
from tickets.api.refusing import refusals
from tickets.models import Link


class LinkSheet(Sheet):
    """`source` is a part of `target`, or its duplicate, or related to it."""

    related = ("source", "target", "made_by")

    source = serializers.IntegerField(source="source.number", read_only=True)
    target = serializers.IntegerField(source="target.number", read_only=True)
    made_by = Named(read_only=True)

    class Meta:
        model = Link
        fields = ("id", "source", "kind", "target", "made_by", "made_at")
        read_only_fields = fields


class NewLink(Strict):
    relation = Choice(choices=list(linking.RELATIONS), help_text="What this ticket is to the other one.")
    other = Other()


class Links(Desk):
    """Links between tickets that the caller may both see."""

    noun = "links"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = LinkSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List the links of a ticket", gives=LinkSheet)
    def list(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        return self.listed(ties.seen_links(request.user, ticket))

    @describe("Link a ticket with another one", takes=NewLink, gives=LinkSheet, status=201)
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given: dict[str, Any] = self.taken(NewLink)
        with refusals():
            made = linking.link(ticket, given["other"], given["relation"], actor=request.user)
        return self.shown(made, status=201)

    @describe("Take a link away", gives=NOTHING, status=204)
    def destroy(self, request: Request, number: int, pk: int) -> Response:
        ticket = access.ticket(request.user, number)
        linking.unlink(ties.link(request.user, ticket, pk), actor=request.user)
        return Response(status=204)


class Watches(Desk):
    """Whether the caller watches a ticket."""

    noun = "tickets"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE

    @describe("Watch a ticket", takes=Nothing, gives=NOTHING, status=204)
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        self.taken(Nothing)
        watching.watch(ticket, request.user)
        return Response(status=204)

    @describe("Watch it no more", gives=NOTHING, status=204)
    def destroy(self, request: Request, number: int) -> Response:
        watching.leave(access.ticket(request.user, number), request.user)
        return Response(status=204)
