"""Replies that wait for their time."""

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import keys
from helpdesk.rest.fields import Strict
from helpdesk.rest.problems import conflict
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.sheets import Sheet
from helpdesk.rest.views import Desk
from tickets import access, drafts, promises, scheduling
from tickets.api.forms import NewReply
from tickets.api.refusing import refusals
from tickets.api.sheets import AttachmentSheet
from tickets.models import Draft, Message


class NewScheduledReply(NewReply):
    due_at = serializers.DateTimeField(help_text="When it goes out: to come, within a year.")


class Time(Strict):
    due_at = serializers.DateTimeField(help_text="When it goes out: to come, within a year.")


class ScheduledSheet(Sheet):
    """A reply or forward that has not gone out yet. `held` says why it did not go when its time came."""

    related = ("ticket",)
    prefetch = ("attachments",)

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    attachments = AttachmentSheet(many=True, read_only=True)
    status = serializers.CharField(read_only=True, help_text="What the ticket becomes, or empty.")
    held = serializers.CharField(read_only=True, help_text="`news`, `nowhere`, `author`, `trouble` or empty.")

    class Meta:
        model = Draft
        fields = (
            *("id", "ticket", "mode", "body", "to", "cc", "bcc", "status", "attachments", "due_at", "held"),
            "updated_at",
        )
        read_only_fields = fields


class Scheduled(Desk):
    """The caller's replies that wait for their time; supervisors and admins see everybody's."""

    noun = "scheduled"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = ScheduledSheet
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List replies that wait", gives=ScheduledSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.queued_drafts(request.user, everybody=True))

    @describe("Read a reply that waits", gives=ScheduledSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.queued_drafts(request.user, everybody=True), pk=pk))

    @describe("Schedule a reply", takes=NewScheduledReply, gives=ScheduledSheet, status=201)
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewScheduledReply)
        answers: Message | None = given.get("answers")
        if answers and answers.ticket_id != ticket.pk:
            raise serializers.ValidationError({"answers": ["This message is not on the ticket."]})
        with refusals():
            row = scheduling.queue(
                ticket,
                author=request.user,
                mode=Draft.Mode.REPLY,
                body=given["body"],
                key=keys.unique(request),
                due_at=given["due_at"],
                to=given.get("to", ()),
                cc=given.get("cc", ()),
                bcc=given.get("bcc", ()),
                answers=answers,
                files=given.get("attachments", ()),
                status=given.get("status", ""),
                word=promises.Word(given.get("promised_until"), given["keeps_promise"]),
            )
        if isinstance(row, Message):
            raise conflict("It went out already.")
        found = self.one(access.queued_drafts(request.user), pk=row.pk)
        return self.shown(found, status=201, location=reverse("tickets-api:scheduled-reply", args=[row.pk]))

    @describe("Give it another time", takes=Time, gives=ScheduledSheet)
    def partial_update(self, request: Request, pk: int) -> Response:
        row = self.one(access.queued_drafts(request.user, everybody=True), pk=pk)
        given = self.taken(Time)
        with refusals():
            scheduling.reschedule(row, given["due_at"], actor=request.user)
        return self.retrieve(request, pk)

    @describe("Send it now, whatever came since", gives=NOTHING, status=204)
    def sending(self, request: Request, pk: int) -> Response:
        row = self.one(access.queued_drafts(request.user, everybody=True), pk=pk)
        with refusals():
            scheduling.send_now(row, actor=request.user)
        return Response(status=204)

    @describe("Throw it away; nothing is sent", gives=NOTHING, status=204)
    def destroy(self, request: Request, pk: int) -> Response:
        row = self.one(access.queued_drafts(request.user, everybody=True), pk=pk)
        with refusals():
            drafts.discard(scheduling.take_back(row, actor=request.user))
        return Response(status=204)
