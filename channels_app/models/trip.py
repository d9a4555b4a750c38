"""A test mail's way out of the desk and back into it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import Channel


class RoundTrip(models.Model):
    """One test mail that a mailbox sent to itself; it proves both ways at once."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="trips", verbose_name=_("channel"))
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    came_back_at = models.DateTimeField(_("came back"), null=True, blank=True)

    class Meta:
        verbose_name = _("test mail")
        verbose_name_plural = _("test mails")

    def __str__(self) -> str:
        return self.message_id
