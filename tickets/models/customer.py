"""Customers, the identities they write from, and the organisations they belong to."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models.whoever import whoever


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=160, unique=True)
    domains = ArrayField(
        models.CharField(max_length=253), verbose_name=_("domains"), default=list, blank=True
    )
    notes = models.TextField(_("notes"), blank=True)
    custom = models.JSONField(_("custom fields"), default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CustomerQuerySet(models.QuerySet["Customer"]):
    def living(self) -> Self:
        """Neither joined into another customer nor erased."""
        return self.filter(merged_into=None, erased_at=None)

    def blocked(self) -> Self:
        return self.filter(blocked_at__isnull=False)


class Customer(models.Model):
    """A person who asks. What they write from is an `Identity`; one customer may have many.

    Who was joined into another customer, or erased, stays as an empty row: history refers to it.
    """

    class Importance(models.IntegerChoices):
        NORMAL = 1, pgettext_lazy("importance", "Normal")
        IMPORTANT = 2, pgettext_lazy("importance", "Important")
        VIP = 3, pgettext_lazy("importance", "VIP")

    name = models.CharField(pgettext_lazy("person", "name"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("organisation"),
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2"))
    notes = models.TextField(_("notes"), blank=True)
    importance = models.PositiveSmallIntegerField(
        _("importance"), choices=Importance, default=Importance.NORMAL, db_default=Importance.NORMAL
    )
    custom = models.JSONField(_("custom fields"), default=dict, db_default={}, blank=True)
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)
    blocked_by = whoever(_("blocked by"))
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("joined into"),
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    created_at = models.DateTimeField(_("customer since"), auto_now_add=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            models.Index(Lower("name"), name="customer_by_name"),
            models.Index(
                fields=["importance", "-id"], name="customer_important", condition=Q(importance__gt=1)
            ),
            models.Index(
                fields=["-blocked_at"], name="customer_blocked", condition=Q(blocked_at__isnull=False)
            ),
            models.Index(
                fields=["merged_into"], name="customer_merged", condition=Q(merged_into__isnull=False)
            ),
            GinIndex(
                fields=["custom"],
                name="customer_custom",
                opclasses=["jsonb_path_ops"],
                condition=~Q(custom={}),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Identity(models.Model):
    """Where a customer can be recognised and reached; unique by kind and normalised value."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="identities", verbose_name=_("customer")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    value = models.CharField(_("address"), max_length=254)
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)
    acknowledged_at = models.DateTimeField(_("last receipt sent"), null=True, blank=True, editable=False)
    bounced_at = models.DateTimeField(_("mail came back"), null=True, blank=True)
    bounce_status = models.CharField(
        _("status of the bounce"), max_length=16, default="", db_default="", blank=True
    )
    bounce_reason = models.TextField(_("what the server said"), default="", db_default="", blank=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="identity_once")]

    def __str__(self) -> str:
        return self.value
