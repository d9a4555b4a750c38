"""A way in and out, as an admin set it up."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.messages import CAPABILITIES, Capabilities
from helpdesk.accounts.models import Team
from helpdesk.secrets import SecretsField


class ChannelQuerySet(models.QuerySet["Channel"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Channel(models.Model):
    """A way in and out: one mailbox, one bot, one number. `config` is plain, `secrets` is encrypted."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=254, help_text=_("The address customers write to."))
    aliases = models.JSONField(_("further addresses"), default=list, blank=True)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="channels", verbose_name=_("team")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    config = models.JSONField(_("settings"), default=dict, blank=True)
    secrets = SecretsField(verbose_name=_("secrets"), default=dict, blank=True, editable=False)
    connected_at = models.DateTimeField(_("connected"), auto_now_add=True)
    backlog_total = models.PositiveIntegerField(_("old mails"), default=0, db_default=0, editable=False)
    backlog_left = models.PositiveIntegerField(_("old mails left"), default=0, db_default=0, editable=False)
    last_good_at = models.DateTimeField(_("last good fetch"), null=True, blank=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    last_error_at = models.DateTimeField(_("time of the last error"), null=True, blank=True, editable=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="channel_address_once")]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES[self.kind]

    @property
    def addresses(self) -> list[str]:
        """Every address of this channel, in lower case."""
        return [self.address.lower(), *(alias.lower() for alias in self.aliases)]

    @property
    def backlog_done(self) -> int:
        """How many of the old mails have been taken in."""
        return max(0, self.backlog_total - self.backlog_left)
