"""Webhooks, what they were told and what came back, as JSON."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from channels_app.webhooks import calling, payloads
from channels_app.webhooks.models import Answer, Call, Webhook
from helpdesk.rest.sheets import Named, Sheet
from tickets.models import Delivery

TYPES = list(payloads.TYPES.values())
NARROW = {
    "type": "object",
    "properties": {
        "team": {"type": "integer"},
        "channel": {"type": "integer"},
        "kind": {"type": "array", "items": {"type": "string"}},
        "priority": {"type": "array", "items": {"type": "string"}},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}


class WebhookSheet(Sheet):
    """An address that is told what happens. Its secret is shown only when it is made."""

    related = ("created_by",)
    deferred = ("secrets",)

    types = serializers.SerializerMethodField()
    only = serializers.SerializerMethodField()
    disabled_reason = serializers.SerializerMethodField()
    secret_changed_at = serializers.DateTimeField(source="rotated_at", read_only=True, allow_null=True)
    created_by = Named(read_only=True, allow_null=True)

    class Meta:
        model = Webhook
        fields = (
            *("id", "name", "url", "types", "only", "with_words", "is_active", "failing_since"),
            *("disabled_reason", "secret_changed_at", "created_by", "created_at"),
        )
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "string", "enum": TYPES}})
    def get_types(self, webhook: Webhook) -> list[str]:
        return [payloads.TYPES[kind] for kind in webhook.kinds if kind in payloads.TYPES]

    @extend_schema_field({"type": ["string", "null"], "enum": [*Webhook.Reason.values, None]})
    def get_disabled_reason(self, webhook: Webhook) -> str | None:
        """Why the desk itself switched it off; null when it did not."""
        return webhook.disabled_reason or None

    @extend_schema_field(NARROW)
    def get_only(self, webhook: Webhook) -> dict[str, Any]:
        words = webhook.narrow
        rows = {name: int(words[name]) for name in ("team", "channel") if name in words}
        lists = {name: words[name].split(",") for name in ("kind", "priority") if name in words}
        return {**rows, **lists, **({"tags": words["tag"].split(",")} if "tag" in words else {})}


class WebhookSecretSheet(WebhookSheet):
    """A webhook with its new secret: in this answer alone, a repeated request gets "" in its place."""

    secret = serializers.SerializerMethodField()

    class Meta:
        model = Webhook
        fields = (*WebhookSheet.Meta.fields, "secret")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "description": "What signs; keep it, it is not shown again."})
    def get_secret(self, webhook: Webhook) -> str:
        return getattr(webhook, "shown_secret", "")


class AnswerSheet(serializers.ModelSerializer):
    """What came back of one attempt: an HTTP status, or why none did."""

    class Meta:
        model = Answer
        fields = ("at", "seconds", "status", "trouble", "excerpt")
        read_only_fields = fields


class CallSheet(Sheet):
    """One thing told to one webhook, and how that went."""

    related = ("delivery",)
    prefetch = ("answers",)

    webhook = serializers.IntegerField(source="webhook_id", read_only=True)
    event = serializers.IntegerField(source="event_id", read_only=True, allow_null=True)
    external_id = serializers.CharField(source="delivery.external_id", read_only=True)
    state = serializers.ChoiceField(
        source="delivery.state", choices=[(each, each) for each in Delivery.State.values], read_only=True
    )
    attempts = serializers.IntegerField(source="delivery.attempts", read_only=True)
    error = serializers.CharField(source="delivery.error", read_only=True)
    due_at = serializers.SerializerMethodField()
    sent_at = serializers.DateTimeField(source="delivery.sent_at", read_only=True, allow_null=True)
    answers = AnswerSheet(many=True, read_only=True)

    class Meta:
        model = Call
        fields = (
            *("id", "webhook", "type", "event", "external_id", "state", "attempts", "error", "due_at"),
            *("sent_at", "answers", "created_at"),
        )
        read_only_fields = fields

    @extend_schema_field(
        {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "Null while it waits for an earlier one.",
        }
    )
    def get_due_at(self, call: Call) -> datetime | None:
        at = call.delivery.due_at
        return None if at == calling.NOT_YET else at


class WholeCallSheet(CallSheet):
    """A call with the payload that was, or will be, sent: word for word what is signed."""

    payload = serializers.JSONField(source="delivery.payload", read_only=True)

    class Meta:
        model = Call
        fields = (*CallSheet.Meta.fields, "payload")
        read_only_fields = fields
