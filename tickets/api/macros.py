"""Macros: listed, made, changed, removed, run on tickets and taken back."""

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import keys, whose
from helpdesk.rest.fields import Nothing
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk
from tickets import access, macros
from tickets.api.macro_sheets import MacroSheet, MacroValues, Running, RunSheet
from tickets.api.refusing import refusals


class Macros(Desk):
    """Macros of the caller, of their teams and of everybody."""

    noun = "macros"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = MacroSheet
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List macros", gives=MacroSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.macros(request.user))

    @describe("Make a macro", takes=MacroValues, gives=MacroSheet, status=201)
    def create(self, request: Request) -> Response:
        given = whose.home(self.taken(MacroValues), request)
        with refusals():
            made = macros.make(given.pop("title"), actor=request.user, **given)
        return self.shown(made, status=201, location=reverse("tickets-api:macro", args=[made.pk]))

    @describe("Read a macro", gives=MacroSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.macro(request.user, pk))

    @describe("Change a macro", takes=MacroValues, gives=MacroSheet)
    def partial_update(self, request: Request, pk: int) -> Response:
        macro = access.macro(request.user, pk)
        given = whose.home(self.taken(MacroValues, partial=True), request)
        with refusals():
            return self.shown(macros.change(macro, actor=request.user, **given))

    @describe("Remove a macro; what it did stays", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        with refusals():
            macros.remove(access.macro(request.user, pk), actor=request.user)
        return Response(status=204)


class MacroRuns(Desk):
    """What macros did."""

    noun = "macros"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = RunSheet

    @describe("Run a macro on tickets that you may see", takes=Running, gives=RunSheet, status=201)
    def create(self, request: Request, pk: int) -> Response:
        """Notes are added at once; a reply is put into your draft on each ticket, to be read and sent."""
        macro = access.macro(request.user, pk)
        given = self.taken(Running)
        with refusals():
            batch = macros.run(macro, given["tickets"], actor=request.user, key=keys.unique(request))
        return self.shown(batch, status=201)

    @describe("Take back what a macro did", takes=Nothing, gives=RunSheet)
    def undo(self, request: Request, pk: int) -> Response:
        """Tickets that were changed again since stay as they are."""
        batch = self.one(access.batches(request.user).filter(action=macros.MACRO), pk=pk)
        self.taken(Nothing)
        macros.undo(batch, actor=request.user)
        return self.shown(self.one(access.batches(request.user), pk=pk))
