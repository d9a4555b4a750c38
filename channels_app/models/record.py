"""The journal: everything that came in, raw, before anybody understood it."""

from typing import Any, Self

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app import files
from channels_app.models.channel import Channel

INLINE_BYTES = 64 * 1024  # a body up to this size lives in the row, a larger one in a file


class InboundRecordQuerySet(models.QuerySet["InboundRecord"]):
    def pending(self) -> Self:
        return self.filter(state=InboundRecord.State.PENDING)

    def quarantined(self) -> Self:
        return self.filter(state=InboundRecord.State.QUARANTINED)

    def automatic(self) -> Self:
        return self.filter(state=InboundRecord.State.AUTOMATIC)


class InboundRecord(models.Model):
    """One thing that arrived, raw, before anybody understood it. It is never deleted by the desk."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        DONE = "done", _("Done")
        DUPLICATE = "duplicate", _("Seen before")
        AUTOMATIC = "automatic", _("Automatic mail")
        REPORT = "report", _("Delivery report")
        QUARANTINED = "quarantined", _("In quarantine")
        DISMISSED = "dismissed", _("Put aside")
        TEST = "test", _("Test mail")

    channel = models.ForeignKey(
        Channel, models.PROTECT, db_index=False, related_name="records", verbose_name=_("channel")
    )
    source_key = models.CharField(_("source"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PENDING)
    sender_key = models.CharField(_("sender"), max_length=254, blank=True)
    envelope = models.JSONField(_("envelope"), default=dict, blank=True)
    body = models.BinaryField(_("body"), null=True)
    body_sha256 = models.CharField(_("digest of a large body"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    arrived_at = models.DateTimeField(_("arrived at the server"), default=timezone.now, db_default=Now())
    message_id = models.CharField(_("Message-ID"), max_length=255, blank=True, default="", db_default="")
    """As the raw mail says it, else a digest of its head: to know a mail again that was moved elsewhere."""
    is_bulk = models.BooleanField(_("old mail"), default=False, db_default=False)
    """Mail from before the mailbox was connected: it waits behind what arrives now."""
    due_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = InboundRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbound record")
        verbose_name_plural = _("inbound records")
        constraints = [models.UniqueConstraint(fields=["channel", "source_key"], name="inbound_source_once")]
        indexes = [
            models.Index(
                fields=["is_bulk", "id"], name="inbound_pending", condition=models.Q(state="pending")
            ),
            models.Index(fields=["channel", "arrived_at"], name="inbound_arrived"),
            models.Index(
                fields=["message_id"], name="inbound_message_id", condition=~models.Q(message_id="")
            ),
            models.Index(
                fields=["sender_key", "id"],
                name="inbound_pending_sender",
                condition=models.Q(state="pending"),
            ),
            models.Index(
                fields=["state", "-id"],
                name="inbound_set_aside",
                condition=models.Q(state__in=["quarantined", "automatic"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.source_key}"

    def raw(self) -> bytes:
        """The bytes as they arrived."""
        return files.read(self.body_sha256) if self.body_sha256 else bytes(self.body or b"")


def record_fields(body: bytes) -> dict[str, Any]:
    """Columns for a raw body: small in the row, large in a file that is durable before the row is."""
    if len(body) <= INLINE_BYTES:
        return {"body": body, "size": len(body)}
    return {"body_sha256": files.store(body), "size": len(body)}
