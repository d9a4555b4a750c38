"""Whose remote pictures may be shown: those of one message, or all that come from an identity."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.customer import Identity
from tickets.models.message import Message


class PicturePermission(models.Model):
    message = models.OneToOneField(
        Message,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="picture_permission",
        verbose_name=_("message"),
    )
    identity = models.OneToOneField(
        Identity,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="picture_permission",
        verbose_name=_("identity"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by colleague"),
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("permission for pictures")
        verbose_name_plural = _("permissions for pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, identity=None) | Q(message=None, identity__isnull=False),
                name="picture_permission_is_for_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.identity or self.message)
