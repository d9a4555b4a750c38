"""Writing on a ticket: replies, notes, and the drafts of both."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import keys
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.sheets import Sheet
from helpdesk.rest.views import Desk
from tickets import access, drafts, promises, replies
from tickets.api.forms import DraftForm, NewForward, NewNote, NewReply
from tickets.api.refusing import refusals
from tickets.api.sheets import AttachmentSheet, MessageSheet
from tickets.models import Draft, Message, Ticket


class Writing(Desk):
    """What is said on a ticket: to the customer, or among colleagues."""

    noun = "messages"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = MessageSheet

    @describe("Reply to the customer", takes=NewReply, gives=MessageSheet, status=201)
    def reply(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewReply)
        with refusals():
            message = replies.send(
                ticket,
                author=request.user,
                body=given["body"],
                key=keys.unique(request),
                **_addresses(given),
                answers=_on(ticket, given["answers"], "answers") if "answers" in given else None,
                files=given.get("attachments", ()),
                status=given.get("status", ""),
                word=promises.Word(given.get("promised_until"), given["keeps_promise"]),
            )
        return self._written(message)

    @describe("Send a message on to anybody", takes=NewForward, gives=MessageSheet, status=201)
    def forward(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewForward)
        with refusals():
            message = replies.forward(
                ticket,
                author=request.user,
                body=given["body"],
                key=keys.unique(request),
                answers=_on(ticket, given["message"], "message"),
                **_addresses(given),
                files=given.get("attachments", ()),
            )
        return self._written(message)

    @describe("Leave a note for colleagues", takes=NewNote, gives=MessageSheet, status=201)
    def note(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewNote)
        with refusals():
            message = replies.add_note(
                ticket,
                author=request.user,
                body=given["body"],
                key=keys.unique(request),
                files=given.get("attachments", ()),
            )
        return self._written(message)

    def _written(self, message: Message) -> Response:
        found = self.one(access.messages(self.request.user), pk=message.pk)
        return self.shown(found, status=201, location=reverse("tickets-api:message", args=[message.pk]))


class DraftSheet(Sheet):
    """What the caller has begun to write. Colleagues who look at the ticket see its words."""

    related = ("ticket",)
    prefetch = ("attachments",)

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    attachments = AttachmentSheet(many=True, read_only=True)

    class Meta:
        model = Draft
        fields = ("ticket", "mode", "body", "to", "cc", "bcc", "attachments", "updated_at")
        read_only_fields = fields


class Drafts(Desk):
    """What the caller has begun to write, one for each ticket and mode. The workspace shows it as well."""

    noun = "drafts"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = DraftSheet
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List your drafts", gives=DraftSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.drafts(request.user).filter(due_at=None))

    @describe("Read a draft", gives=DraftSheet)
    def retrieve(self, request: Request, number: int, mode: str) -> Response:
        return self.shown(
            self.one(access.drafts(request.user).filter(due_at=None), ticket__number=number, mode=mode)
        )

    @describe("Keep a draft as it is given", takes=DraftForm, gives=DraftSheet)
    def update(self, request: Request, number: int, mode: str) -> Response:
        ticket = access.ticket(request.user, number)
        given: dict[str, Any] = self.taken(DraftForm)
        if mode not in Draft.ON_TICKET:
            raise Http404
        with refusals():
            drafts.save(ticket, author=request.user, mode=mode, **_kept(given))
        return self.retrieve(request, number, mode)

    @describe("Throw a draft away, its files too", gives=NOTHING, status=204)
    def destroy(self, request: Request, number: int, mode: str) -> Response:
        drafts.discard(
            self.one(access.drafts(request.user).filter(due_at=None), ticket__number=number, mode=mode)
        )
        return Response(status=204)


def _on(ticket: Ticket, message: Message, field: str) -> Message:
    """The message, if it stands on this ticket."""
    if message.ticket_id != ticket.pk:
        raise serializers.ValidationError({field: ["This message is not on the ticket."]})
    return message


def _kept(given: dict[str, Any]) -> dict[str, Any]:
    return {"body": given["body"], **_addresses(given), "files": given.get("attachments", ())}


def _addresses(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given.get(name, []) for name in ("to", "cc", "bcc")}
