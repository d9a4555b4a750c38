"""Browsers that a colleague wants to be told on, and the keys that prove to push services who tells them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.secrets import SecretsField


class PushKeys(models.Model):
    """The desk's own; one row."""

    public = models.CharField(_("public key"), max_length=100)
    secrets = SecretsField(verbose_name=_("secrets"), default=dict, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("keys of push")
        verbose_name_plural = _("keys of push")

    def __str__(self) -> str:
        return self.public


class Device(models.Model):
    """A browser that takes pushes, as long as its colleague is signed in there."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="devices",
        verbose_name=_("colleague"),
    )
    endpoint = models.CharField(_("address"), max_length=1000, unique=True)
    secrets = SecretsField(verbose_name=_("secrets"), default=dict, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    session = models.CharField(_("session"), max_length=40, editable=False)
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return self.name or f"device {self.pk}"
