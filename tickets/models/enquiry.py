"""Asking somebody else about a ticket: a supplier, a carrier, whoever is not its customer."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Enquiry(models.Model):
    """Words with somebody outside, beside those with the customer, who never sees them.

    Its messages are `Message` rows that name it, so that files, deliveries and search are as everywhere.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="enquiries", verbose_name=_("ticket"))
    subject = models.CharField(_("subject"), max_length=1000)
    whom = models.CharField(_("whom"), max_length=400, help_text=_("As one writes it: a name, an address."))
    addresses = ArrayField(
        models.CharField(max_length=320),
        verbose_name=_("addresses"),
        default=list,
        help_text=_("Everybody who was written to: what they answer belongs here."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    made_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")

    def __str__(self) -> str:
        return f"{self.subject} ({self.whom})"
