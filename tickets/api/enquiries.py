"""Enquiries: what was asked of somebody else within a ticket, and what they answered."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import keys
from helpdesk.rest.fields import Strict, Text
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access, enquiries, ties
from tickets.api.forms import LONGEST_BODY, Addresses, Uploads
from tickets.api.refusing import refusals
from tickets.api.sheets import MessageSheet
from tickets.models import Enquiry, Message


class EnquirySheet(Sheet):
    """Words with somebody who is not the customer, who never sees them. Its messages name it in `enquiry`."""

    related = ("ticket", "made_by")
    prefetch = (Prefetch("messages", Message.objects.only("enquiry").in_order()),)

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    made_by = Named(read_only=True)
    messages = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Enquiry
        fields = ("id", "ticket", "subject", "whom", "addresses", "made_by", "made_at", "messages")
        read_only_fields = fields


class Words(Strict):
    to = Addresses()
    cc = Addresses()
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False)
    attachments = Uploads()


class NewEnquiry(Words):
    to = Addresses(min_length=1)
    subject = Text(max_length=1000)


class Enquiries(Desk):
    """What is asked of others within tickets."""

    noun = "enquiries"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = EnquirySheet
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List enquiries", gives=EnquirySheet)
    def list(self, request: Request) -> Response:
        return self.listed(ties.enquiries(request.user))

    @describe("Ask somebody who is not the customer", takes=NewEnquiry, gives=EnquirySheet, status=201)
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewEnquiry)
        with refusals():
            message = enquiries.ask(
                ticket,
                author=request.user,
                subject=given["subject"],
                **_what(given),
                key=keys.unique(request),
            )
        made = self.one(ties.enquiries(request.user), pk=message.enquiry_id)
        return self.shown(made, status=201, location=reverse("tickets-api:enquiry", args=[made.pk]))

    @describe("Read an enquiry", gives=EnquirySheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(ties.enquiries(request.user), pk=pk))


class EnquiryWords(Desk):
    """What is said next in an enquiry."""

    noun = "messages"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = MessageSheet

    @describe("Write on in an enquiry", takes=Words, gives=MessageSheet, status=201)
    def create(self, request: Request, pk: int) -> Response:
        enquiry = ties.enquiry(request.user, pk)
        given = self.taken(Words)
        with refusals():
            sent = enquiries.write(enquiry, author=request.user, **_what(given), key=keys.unique(request))
        message = self.one(access.messages(self.request.user), pk=sent.pk)
        return self.shown(message, status=201, location=reverse("tickets-api:message", args=[sent.pk]))


def _what(given: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = {name: given[name] for name in ("to", "cc") if name in given}
    return {**named, "body": given["body"], "files": given.get("attachments", ())}
