"""What the mail server was seen to hold, for comparing it with the journal."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import Channel
from channels_app.models.record import InboundRecord
from helpdesk.accounts.models import User


class Audit(models.Model):
    """One comparison of a mailbox with the journal: asked for, begun, done."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="audits", verbose_name=_("mailbox"))
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    folders = models.JSONField(_("folders"), default=list, blank=True)
    """Every folder of the mailbox: [{"name", "use", "compared"}]."""
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        indexes = [models.Index(fields=["channel", "-id"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.asked_at:%F %T}"


class Reconciliation(models.Model):
    """What a folder held of one day's mail at the last comparison, and how much of it the journal had."""

    class Use(models.TextChoices):
        FETCHED = "fetched", _("Fetched")
        JUNK = "junk", _("Junk mail")
        OTHER = "other", _("Chosen folder")

    channel = models.ForeignKey(
        Channel, models.CASCADE, db_index=False, related_name="reconciliations", verbose_name=_("mailbox")
    )
    folder = models.CharField(_("folder"), max_length=500)
    use = models.CharField(_("use"), max_length=8, choices=Use)
    day = models.DateField(_("day"))
    on_server = models.PositiveIntegerField(_("on the server"), default=0)
    recorded = models.PositiveIntegerField(_("in the journal"), default=0)
    elsewhere = models.PositiveIntegerField(_("journaled from another folder"), default=0)
    left = models.PositiveIntegerField(_("left on purpose"), default=0)
    missing = ArrayField(models.BigIntegerField(), verbose_name=_("missing"), default=list, blank=True)
    """The UIDs of what nobody knows of."""

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        constraints = [
            models.UniqueConstraint(fields=["channel", "day", "folder"], name="reconciliation_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.folder} {self.day}"


class SightingQuerySet(models.QuerySet["Sighting"]):
    def unknown(self) -> Self:
        """Mail that is in the journal under no name, and that nobody has decided to leave."""
        return self.filter(record=None, left_at=None)

    def wanted(self) -> Self:
        return self.filter(record=None, gone_at=None, wanted_at__isnull=False)


class Sighting(models.Model):
    """One mail on the server that the journal does not have by its place there."""

    channel = models.ForeignKey(
        Channel, models.CASCADE, db_index=False, related_name="sightings", verbose_name=_("mailbox")
    )
    folder = models.CharField(_("folder"), max_length=500)
    use = models.CharField(_("use"), max_length=8, choices=Reconciliation.Use)
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    arrived_at = models.DateTimeField(_("arrived"))
    message_id = models.CharField(max_length=255)
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    record = models.ForeignKey(InboundRecord, models.SET_NULL, null=True, blank=True, related_name="+")
    """The same mail in the journal, fetched from elsewhere."""
    gone_at = models.DateTimeField(_("gone from the server since"), null=True, blank=True)
    wanted_at = models.DateTimeField(_("to be fetched since"), null=True, blank=True)
    left_at = models.DateTimeField(_("left on purpose since"), null=True, blank=True)
    left_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail on the server")
        verbose_name_plural = _("mails on the server")
        constraints = [
            models.UniqueConstraint(fields=["channel", "folder", "uidvalidity", "uid"], name="sighting_once")
        ]
        indexes = [
            models.Index(
                fields=["channel"],
                name="sighting_wanted",
                condition=models.Q(record=None, gone_at=None, wanted_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.folder}:{self.uidvalidity}:{self.uid}"
