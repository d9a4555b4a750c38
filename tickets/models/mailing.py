"""One message to many customers: a ticket for each, made one after another by a worker."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from helpdesk.accounts.models import Team
from tickets.models.ticket import Ticket


class Mailing(models.Model):
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mailings", verbose_name=_("author")
    )
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"))
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    key = models.UUIDField(_("client key"), default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(_("subject"), max_length=1000)
    body = models.TextField(_("text"))
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("message to many")
        verbose_name_plural = _("messages to many")

    def __str__(self) -> str:
        return self.subject


class Addressee(models.Model):
    """A customer of a mailing, until their ticket is made; then with it."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        DONE = "done", _("Sent")
        FAILED = "failed", _("Failed")

    mailing = models.ForeignKey(
        Mailing, models.CASCADE, related_name="addressees", verbose_name=_("message to many")
    )
    address = models.CharField(_("address"), max_length=254)
    name = models.CharField(_("name"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    ticket = models.ForeignKey(
        Ticket, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ticket")
    )
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        constraints = [models.UniqueConstraint(fields=["mailing", "address"], name="addressee_once")]
        indexes = [models.Index("id", name="addressee_pending", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return self.address
