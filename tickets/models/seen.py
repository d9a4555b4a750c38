"""Until when somebody has seen a ticket: what was said on it later is new to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Seen(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("colleague"),
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("ticket"))
    at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("seen ticket")
        verbose_name_plural = _("seen tickets")
        constraints = [models.UniqueConstraint(fields=["user", "ticket"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id} by {self.user_id}"
