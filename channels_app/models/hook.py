"""A provider's requests to a mailbox, counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import Channel


class Hook(models.Model):
    """What came from one provider for one mailbox, and what was refused in its name."""

    class Provider(models.TextChoices):
        MAILGUN = "mailgun", "Mailgun"
        POSTMARK = "postmark", "Postmark"
        SENDGRID = "sendgrid", "SendGrid"
        MAILJET = "mailjet", "Mailjet"
        BREVO = "brevo", "Brevo"
        SPARKPOST = "sparkpost", "SparkPost"
        AMAZON_SES = "amazon-ses", "Amazon SES"
        RESEND = "resend", "Resend"

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="hooks", verbose_name=_("mailbox"))
    provider = models.CharField(_("provider"), max_length=16, choices=Provider)
    taken = models.PositiveIntegerField(_("taken"), default=0)
    last_at = models.DateTimeField(_("last request"), null=True, blank=True)
    refused = models.PositiveIntegerField(_("refused since the last good one"), default=0)
    refused_at = models.DateTimeField(_("last refused"), null=True, blank=True)

    class Meta:
        verbose_name = _("provider's requests")
        verbose_name_plural = _("providers' requests")
        constraints = [models.UniqueConstraint(fields=["channel", "provider"], name="hook_once")]

    def __str__(self) -> str:
        return f"{self.provider} → {self.channel_id}"
