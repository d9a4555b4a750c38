"""What has to go out: one row for each recipient group, from queued to settled."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from tickets.models.message import Message


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def troubled(self) -> Self:
        """Those a person has to look at."""
        return self.filter(state__in=[Delivery.State.FAILED, Delivery.State.UNKNOWN])


class Delivery(models.Model):
    class Kind(models.TextChoices):
        MESSAGE = "message", _("Message to a customer")
        NOTICE = "notice", _("Notice to a colleague")
        PUSH = "push", _("Push")
        WEBHOOK = "webhook", _("Webhook")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        UNKNOWN = "unknown", _("Perhaps sent")
        DROPPED = "dropped", _("Given up by a person")

    class Urgency(models.IntegerChoices):
        """Nothing a person waits for queues behind bulk."""

        NOW = 0, _("A person waits")
        SOON = 5, _("Automatic")
        BULK = 9, _("Bulk")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MESSAGE)
    lane = models.CharField(_("lane"), max_length=80, default="", db_default="", blank=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.NOW)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="deliveries", verbose_name=_("message")
    )
    channel = models.ForeignKey(
        Channel,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("channel"),
    )
    recipients = models.JSONField(_("recipients"), default=dict, blank=True)
    payload = models.JSONField(_("payload"), default=dict, blank=True)
    external_id = models.CharField(_("external id"), max_length=255, blank=True)
    provider_id = models.CharField(_("provider's id"), max_length=255, db_default="", default="", blank=True)
    provider_ids = ArrayField(
        models.CharField(max_length=255),
        verbose_name=_("provider's ids"),
        default=list,
        db_default=[],
        blank=True,
    )
    outcomes = models.JSONField(_("outcome by recipient"), default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sending_since = models.DateTimeField(_("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("queued"), default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(
                fields=["lane", "urgency", "due_at", "id"],
                name="delivery_due_in_lane",
                condition=Q(state="pending"),
            ),
            models.Index(
                fields=["lane", "sending_since"], name="delivery_in_flight", condition=Q(state="sending")
            ),
            models.Index(
                fields=["state", "-id"],
                name="delivery_troubled",
                condition=Q(state__in=["failed", "unknown"]),
            ),
            models.Index(fields=["external_id"], name="delivery_external_id"),
            models.Index(fields=["provider_id"], name="delivery_provider_id", condition=~Q(provider_id="")),
            GinIndex(fields=["provider_ids"], name="delivery_provider_ids", condition=~Q(provider_ids=[])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def everybody(self) -> list[str]:
        """All recipients, hidden ones too, each once."""
        fields = (self.recipients.get(name, []) for name in ("to", "cc", "bcc"))
        return list(dict.fromkeys(address for addresses in fields for address in addresses))

    def unsettled(self) -> list[str]:
        """Recipients that neither have it nor were refused for good: these are sent to."""
        return [address for address in self.everybody if not self._is_settled(address)]

    def _is_settled(self, address: str) -> bool:
        outcome = self.outcomes.get(address)
        return bool(outcome) and (outcome.get("ok", False) or outcome.get("permanent", False))


class Lane(models.Model):
    """How deliveries to one far side fare: whose turn it is, how fast it may go, and whether it rests."""

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    served_at = models.DateTimeField(_("last served"), null=True, blank=True)
    allowance = models.FloatField(_("may send at once"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    rests_until = models.DateTimeField(_("rests until"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")

    def __str__(self) -> str:
        return self.name
