"""How tickets hang together without being one: part of another, related, the same request twice."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Link(models.Model):
    class Kind(models.TextChoices):
        PART = "part", _("Part of")
        RELATED = "related", _("Related")
        DUPLICATE = "duplicate", _("Duplicate of")

    source = models.ForeignKey(Ticket, models.CASCADE, related_name="links_out", verbose_name=_("ticket"))
    target = models.ForeignKey(Ticket, models.CASCADE, related_name="links_in", verbose_name=_("linked with"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("linked by")
    )
    made_at = models.DateTimeField(_("linked"), default=timezone.now)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="link_once"),
            models.UniqueConstraint(
                fields=["source", "kind"], name="link_one_whole", condition=~Q(kind="related")
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Watch(models.Model):
    """A colleague wants to hear of all that happens on a ticket."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches", verbose_name=_("colleague")
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="watches", verbose_name=_("ticket"))
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("watched ticket")
        verbose_name_plural = _("watched tickets")
        constraints = [models.UniqueConstraint(fields=["user", "ticket"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id} by {self.user_id}"
