"""What was done to rights and keys, told once and never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Insert-only, written by `helpdesk.accounts.audit`. `data` holds ids, codes and names of settings."""

    class Kind(models.TextChoices):
        TOKEN_MADE = "token_made", _("API token made")
        TOKEN_REVOKED = "token_revoked", _("API token revoked")
        WEBHOOK_CHANGED = "webhook_changed", _("Webhook changed")

    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deeds",
        verbose_name=_("by colleague"),
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audited",
        verbose_name=_("about colleague"),
    )
    data = models.JSONField(_("data"), default=dict, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
