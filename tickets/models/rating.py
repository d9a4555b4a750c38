"""What customers said of how their request was handled."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.customer import Customer
from tickets.models.ticket import Ticket

LONGEST_COMMENT = 2000


class Rating(models.Model):
    """One word of the customer on one resolution; `Ticket.rating` says the newest, for pages and rules.

    `agent` had the ticket when it was rated: who has it later is not meant.
    """

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, db_index=False, related_name="ratings", verbose_name=_("ticket")
    )
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ratings",
        verbose_name=_("agent"),
    )
    score = models.CharField(_("rating"), max_length=4, choices=Ticket.Score)
    comment = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    resolved_at = models.DateTimeField(_("resolved"))
    at = models.DateTimeField(_("rated"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "resolved_at"], name="rating_once_a_resolution")
        ]

    def __str__(self) -> str:
        return f"{self.score} on {self.ticket_id}"
