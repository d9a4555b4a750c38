"""Domains nobody wants to hear from."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BlockedDomainQuerySet(models.QuerySet["BlockedDomain"]):
    def standing(self) -> Self:
        """Not let through again."""
        return self.filter(lifted_at=None)


class BlockedDomain(models.Model):
    """What comes from its addresses, and from those of domains below it, goes to the spam.

    Let through again the row stays, with who did what: history refers to it.
    """

    domain = models.CharField(_("domain"), max_length=253)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="blocked_domains",
        verbose_name=_("blocked by"),
    )
    blocked_at = models.DateTimeField(_("blocked"), default=timezone.now)
    lifted_at = models.DateTimeField(_("let through again"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("let through again by"),
    )

    objects = BlockedDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked domain")
        verbose_name_plural = _("blocked domains")
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], name="domain_blocked_once", condition=Q(lifted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"@{self.domain}"
