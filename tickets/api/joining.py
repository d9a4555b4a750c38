"""Two tickets made one, a message made a ticket of its own, and the way back."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing, Number, Strict
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access, merging
from tickets.api.refusing import refusals
from tickets.models import Move, Ticket


class MoveSheet(Sheet):
    """Messages that went from one ticket to another; undone, they went back."""

    source = serializers.IntegerField(source="source.number", read_only=True)
    target = serializers.IntegerField(source="target.number", read_only=True)
    messages = serializers.ListField(source="message_ids", child=serializers.IntegerField(), read_only=True)
    moved_by = Named(read_only=True, allow_null=True)
    undone_by = Named(read_only=True, allow_null=True)

    class Meta:
        model = Move
        fields = (
            *("id", "kind", "source", "target", "messages"),
            *("moved_by", "moved_at", "undone_by", "undone_at"),
        )
        read_only_fields = fields


class Other(Number):
    """The number of another ticket that the caller may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="The number of the ticket that goes on.", **options)

    def run_validation(self, data: Any = empty) -> Ticket:
        number = super().run_validation(data)
        found = access.tickets(self.context["request"].user).filter(number=number).first()
        if found is None:
            raise serializers.ValidationError("There is no ticket with this number that you may see.")
        return found


class JoinForm(Strict):
    into = Other()


class Moves(Desk):
    """Joins and splits. Each can be undone for ever."""

    noun = "moves"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = MoveSheet

    @describe("Join a ticket into another one", takes=JoinForm, gives=MoveSheet, status=201)
    def join(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(JoinForm)
        with refusals():
            move = merging.join(ticket, given["into"], actor=request.user)
        return self._made(move)

    @describe("Make a customer's message a ticket of its own", takes=Nothing, gives=MoveSheet, status=201)
    def split(self, request: Request, pk: int) -> Response:
        message = access.message(request.user, pk)
        self.taken(Nothing)
        with refusals():
            move = merging.split(message, actor=request.user)
        return self._made(move)

    @describe("Read a move", gives=MoveSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.move(request.user, pk))

    @describe("Undo a move: what moved goes back, what came since stays", takes=Nothing, gives=MoveSheet)
    def undo(self, request: Request, pk: int) -> Response:
        move = access.move(request.user, pk)
        self.taken(Nothing)
        merging.undo(move, actor=request.user)
        return self.retrieve(request, pk)

    def _made(self, move: Move) -> Response:
        return self.shown(move, status=201, location=reverse("tickets-api:move", args=[move.pk]))
