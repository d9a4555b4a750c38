"""What was done to accounts, rights, keys and settings, told once and never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Insert-only, written by `helpdesk.accounts.audit`. `data` holds ids, codes and names of settings."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        SIGNED_OUT = "signed_out", _("Signed out")
        SESSIONS_ENDED = "sessions_ended", _("Sessions ended")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        FACTOR_ADDED = "factor_added", _("Second factor added")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        FACTOR_RESET = "factor_reset", _("Second factor reset by an admin")
        PERSON_MADE = "person_made", _("Colleague added")
        RIGHTS_CHANGED = "rights_changed", _("Rights changed")
        TEAMS_CHANGED = "teams_changed", _("Teams changed")
        SETTING_CHANGED = "setting_changed", _("Setting changed")
        EXPORTED = "exported", _("Exported")
        IMPORTED = "imported", _("Imported")
        RAW_READ = "raw_read", _("Original message read")
        TOKEN_MADE = "token_made", _("API token made")
        TOKEN_REVOKED = "token_revoked", _("API token revoked")
        WEBHOOK_CHANGED = "webhook_changed", _("Webhook changed")
        CUSTOMER_ERASED = "customer_erased", _("Customer erased")

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
        indexes = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["about", "-id"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
