"""Senders that wrote more than a desk can read."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import Channel


class FloodQuerySet(models.QuerySet["Flood"]):
    def unsettled(self) -> Self:
        """Those nobody has decided about."""
        return self.filter(settled_at=None)


class Flood(models.Model):
    """A sender whose mail is kept aside since it became too much; a person decides what it is."""

    address = models.CharField(_("address"), max_length=254, unique=True)
    channel = models.ForeignKey(
        Channel, models.CASCADE, db_index=False, related_name="+", verbose_name=_("first seen at")
    )
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    last_at = models.DateTimeField(_("last mail"), default=timezone.now)
    kept = models.PositiveIntegerField(_("mails kept aside"), default=0)
    allowed = models.BooleanField(
        _("let through"), default=False, help_text=_("This sender may write as much as it likes.")
    )
    settled_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = FloodQuerySet.as_manager()

    class Meta:
        verbose_name = _("flood")
        verbose_name_plural = _("floods")
        indexes = [
            models.Index(fields=["-last_at"], name="flood_unsettled", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return self.address
