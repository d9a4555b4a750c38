"""Tickets, messages and what hangs on them, as JSON."""

from typing import Any

from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from helpdesk.accounts.models import Scope
from helpdesk.rest.sheets import Inclusion, Named, Shape, Sheet
from tickets.api.people import CustomerSheet
from tickets.models import Attachment, Delivery, Event, Message, Ticket
from tickets.narrowing import PRIORITIES

SHOWN_MESSAGES = 20
HEAVY = ("search", "digest")  # columns of a message that are never shown; the first is as long as the message


class AttachmentSheet(Sheet):
    """A file of a message or draft. One that is held, and why, says so in `state` and `dangers`."""

    dangers = serializers.SerializerMethodField()
    url = serializers.HyperlinkedIdentityField(view_name="tickets-api:attachment-content")

    class Meta:
        model = Attachment
        fields = (
            "id",
            "name",
            "content_type",
            "sniffed_type",
            "size",
            "sha256",
            "inline",
            "state",
            "dangers",
            "state",
            "dangers",
            "url",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_dangers(self, attachment: Attachment) -> list[str]:
        return attachment.dangers or []


class DeliverySheet(Sheet):
    """A message on its way out to one group of recipients."""

    related = ("message__ticket",)
    deferred = tuple(f"message__{name}" for name in HEAVY)

    ticket = serializers.IntegerField(source="message.ticket.number", read_only=True)
    message = serializers.IntegerField(source="message_id", read_only=True)
    channel = serializers.IntegerField(source="channel_id", read_only=True, allow_null=True)

    class Meta:
        model = Delivery
        fields = (
            *("id", "kind", "state", "ticket", "message", "channel", "recipients", "outcomes", "attempts"),
            *("error", "due_at", "sent_at", "created_at"),
        )
        read_only_fields = fields


class MessageSheet(Sheet):
    """What was said on a ticket. `visible_text` is without earlier messages and signature."""

    related = ("ticket", "author", "customer")
    prefetch = ("attachments",)
    deferred = HEAVY
    optional = ("deliveries",)
    inclusions = {
        "deliveries": Inclusion(
            scope=Scope.DELIVERIES_READ, prefetch=(Prefetch("deliveries", Delivery.objects.order_by("id")),)
        )
    }

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    author = Named(read_only=True, allow_null=True)
    customer = Named(read_only=True, allow_null=True)
    channel = serializers.IntegerField(source="channel_id", read_only=True, allow_null=True)
    to = serializers.ListField(child=serializers.CharField(), read_only=True)
    cc = serializers.ListField(child=serializers.CharField(), read_only=True)
    bcc = serializers.ListField(child=serializers.CharField(), read_only=True)
    visible_text = serializers.CharField(read_only=True)
    enquiry = serializers.IntegerField(source="enquiry_id", read_only=True, allow_null=True)
    answers = serializers.IntegerField(source="answers_id", read_only=True, allow_null=True)
    attachments = AttachmentSheet(many=True, read_only=True)
    deliveries = DeliverySheet(many=True, read_only=True)

    class Meta:
        model = Message
        fields = (
            *("id", "ticket", "direction", "author", "customer", "channel", "subject", "sender_name"),
            *(
                "sender_address",
                "authenticity",
                "to",
                "cc",
                "bcc",
                "purpose",
                "answers",
                "enquiry",
                "text",
                "visible_text",
            ),
            *("html", "language", "is_automatic", "attachments", "deliveries", "sent_at", "created_at"),
        )
        read_only_fields = fields


def _newest_messages() -> Prefetch:
    """The newest 20 messages of each ticket of a page, in one query."""
    rank = Window(RowNumber(), partition_by=F("ticket"), order_by=(F("created_at").desc(), F("id").desc()))
    found = Message.objects.annotate(rank=rank).filter(rank__lte=SHOWN_MESSAGES).in_order()
    shape = Shape(MessageSheet)
    return Prefetch("messages", shape.fetch(found), to_attr="newest_messages")


class TicketSheet(Sheet):
    """A customer's request. One that was joined names the ticket that goes on in `merged_into`."""

    related = ("customer", "team", "assignee", "channel", "follows", "merged_into")
    optional = ("messages",)
    inclusions = {
        "customer": Inclusion(
            scope=Scope.CUSTOMERS_READ,
            related=("customer__organisation",),
            prefetch=("customer__identities",),
        ),
        "messages": Inclusion(prefetch=(_newest_messages(),)),
    }

    url = serializers.HyperlinkedIdentityField(
        view_name="tickets-api:ticket", lookup_field="number", lookup_url_kwarg="number"
    )
    topic = serializers.CharField(read_only=True)
    priority = serializers.SerializerMethodField()
    customer = serializers.SerializerMethodField()
    team = Named(read_only=True, allow_null=True)
    assignee = Named(read_only=True, allow_null=True)
    channel = Named(read_only=True, allow_null=True)
    follows = serializers.IntegerField(source="follows.number", read_only=True, allow_null=True)
    merged_into = serializers.IntegerField(source="merged_into.number", read_only=True, allow_null=True)
    custom = serializers.DictField(child=serializers.JSONField(), read_only=True)
    snooze = serializers.SerializerMethodField()
    messages = MessageSheet(many=True, read_only=True, source="newest_messages")

    class Meta:
        model = Ticket
        fields = (
            *(
                "number",
                "url",
                "subject",
                "status",
                "folder",
                "kind",
                "topic",
                "priority",
                "customer",
                "channel",
                "team",
            ),
            *(
                "assignee",
                "tags",
                "custom",
                "language",
                "preview",
                "follows",
                "merged_into",
                "messages",
                "created_at",
                "last_message_at",
            ),
            *(
                "is_internal",
                "waiting_since",
                "first_replied_at",
                "resolved_at",
                "closed_at",
                "escalated_at",
                "snooze",
            ),
            *("promised_until", "due_at", "due_soon_at", "due_target"),
        )
        read_only_fields = fields

    @extend_schema_field(
        {
            "type": "object",
            "nullable": True,
            "properties": {"until": {"type": "string", "format": "date-time", "nullable": True}},
            "required": ["until"],
        }
    )
    def get_snooze(self, ticket: Ticket) -> dict[str, Any] | None:
        """Null while it is in the lists; without `until` only an answer brings it back."""
        if ticket.snoozed_until is None:
            return None
        until = None if ticket.sleeps_until_answered else ticket.snoozed_until
        return {"until": until}

    @extend_schema_field({"type": "string", "enum": list(PRIORITIES)})
    def get_priority(self, ticket: Ticket) -> str:
        return Ticket.Priority(ticket.priority).name.lower()

    @extend_schema_field(CustomerSheet)
    def get_customer(self, ticket: Ticket) -> dict[str, Any]:
        return self._customer.to_representation(ticket.customer)

    @cached_property
    def _customer(self) -> CustomerSheet | Named:
        """One for all rows: making a sheet takes longer than filling it."""
        return CustomerSheet(context=self.context) if self.included("customer") else Named()


class Colleague(Named):
    """A colleague in passing, and whether it is a program."""

    is_program = serializers.BooleanField(read_only=True)


class EventSheet(Sheet):
    """What happened, told once and never changed. `data` holds ids and codes."""

    related = ("ticket", "user", "customer")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    message = serializers.IntegerField(source="message_id", read_only=True, allow_null=True)
    user = Colleague(read_only=True, allow_null=True)
    customer = Named(read_only=True, allow_null=True)

    class Meta:
        model = Event
        fields = ("id", "kind", "ticket", "message", "user", "customer", "data", "at")
        read_only_fields = fields
