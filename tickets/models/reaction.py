"""What still has to follow from an event: a row until its effect is committed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.event import Event


class Reaction(models.Model):
    event = models.ForeignKey(
        Event, models.CASCADE, db_index=False, related_name="reactions", verbose_name=_("event")
    )
    ticket_id = models.BigIntegerField(_("ticket"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=40)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    parked_at = models.DateTimeField(_("given up"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="reaction_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="reaction_due", condition=Q(parked_at=None)),
            models.Index(fields=["ticket_id", "event_id"], name="reaction_turn", condition=Q(parked_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} after {self.event_id}"
