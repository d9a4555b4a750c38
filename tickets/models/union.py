"""Two customers that were one person: what moved, so that it can be undone for ever."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.customer import Customer


class UnionQuerySet(models.QuerySet["Union"]):
    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Union(models.Model):
    """A customer's tickets, messages and identities taken to another one. It is never deleted."""

    source = models.ForeignKey(
        Customer, models.CASCADE, related_name="unions_out", verbose_name=_("the customer that went")
    )
    target = models.ForeignKey(
        Customer, models.CASCADE, related_name="unions_in", verbose_name=_("the customer that goes on")
    )
    ticket_ids = ArrayField(models.BigIntegerField(), verbose_name=_("tickets"), default=list)
    message_ids = ArrayField(models.BigIntegerField(), verbose_name=_("messages"), default=list)
    identity_ids = ArrayField(models.BigIntegerField(), verbose_name=_("identities"), default=list)
    filled = models.JSONField(_("values taken over"), default=dict, blank=True)
    """Name of a column → [before, after] of the customer that goes on."""
    united_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by colleague")
    )
    united_at = models.DateTimeField(_("time"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = _("customers joined")
        verbose_name_plural = _("customers joined")

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
