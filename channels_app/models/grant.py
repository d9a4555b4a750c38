"""Consent to read and send a mailbox's mail without its password (OAuth 2, RFC 6749)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import Channel
from helpdesk.secrets import SecretsField


class Consenter(models.TextChoices):
    """The providers that ask for consent in the browser."""

    GOOGLE = "google", "Google"
    MICROSOFT = "microsoft", "Microsoft"


class OAuthClient(models.Model):
    """What a provider knows this desk as; made once at the provider's console."""

    provider = models.CharField(_("provider"), max_length=16, choices=Consenter, unique=True)
    client_id = models.CharField(_("client ID"), max_length=300)
    tenant = models.CharField(_("tenant"), max_length=100, default="common")
    secrets = SecretsField(verbose_name=_("secrets"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("registration at a mail provider")
        verbose_name_plural = _("registrations at mail providers")

    def __str__(self) -> str:
        return self.get_provider_display()


class Grant(models.Model):
    """The tokens of one mailbox. Whoever renews them holds this row's lock."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="grant", verbose_name=_("mailbox"))
    provider = models.CharField(_("provider"), max_length=16, choices=Consenter)
    account = models.CharField(_("account"), max_length=254, blank=True)
    """Who gave the consent, as the provider says."""
    secrets = SecretsField(verbose_name=_("secrets"), default=dict, blank=True, editable=False)
    expires_at = models.DateTimeField(_("the token ends"))
    granted_at = models.DateTimeField(_("connected"))
    renewed_at = models.DateTimeField(_("renewed"), null=True, blank=True)
    failed_at = models.DateTimeField(_("renewing has failed since"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.provider} {self.account}"
