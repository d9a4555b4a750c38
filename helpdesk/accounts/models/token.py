"""API tokens: how a program works at the desk in the name of a colleague."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    """What a token may be used for, within what its colleague may do. A write scope reads as well."""

    TICKETS_READ = "tickets:read", _("Read tickets, messages, files and their history")
    TICKETS_WRITE = "tickets:write", _("Open, answer and change tickets")
    CUSTOMERS_READ = "customers:read", _("Read customers and organisations")
    CUSTOMERS_WRITE = "customers:write", _("Make and change customers and organisations")
    DELIVERIES_READ = "deliveries:read", _("Read what was sent and what was not")
    DELIVERIES_WRITE = "deliveries:write", _("Send again or give up what was not sent")
    CHANNELS_READ = "channels:read", _("Read the channels, without their secrets")
    WEBHOOKS_READ = "webhooks:read", _("Read webhooks and their log, in an admin's name")
    WEBHOOKS_WRITE = "webhooks:write", _("Set up webhooks and tell again, in an admin's name")
    SETTINGS_READ = "settings:read", _("Read rules, policies and working hours, as far as you may")
    SETTINGS_WRITE = "settings:write", _("Set up and switch rules, in an admin's name")
    STAFF_READ = "staff:read", _("Read teams and colleagues")
    RAW_READ = "raw:read", _("Read messages as they arrived, byte for byte")


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self, now: datetime) -> Self:
        """Those that open the door: neither revoked nor expired, of a colleague who works here."""
        current = Q(expires_at=None) | Q(expires_at__gt=now)
        return self.filter(current, revoked_at=None, user__is_active=True)


class Token(models.Model):
    """The secret is shown once; only its digest is kept. A revoked token stays as a record of what it was."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name=_("colleague")
    )
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80)
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=24, choices=Scope), verbose_name=_("scopes"))
    key = models.UUIDField(_("client key"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        indexes = [models.Index(fields=["user", "-id"], name="token_of_user")]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    def allows(self, scope: str) -> bool:
        """Whether the token carries this scope, or the write scope of the same noun."""
        return scope in self.scopes or f"{scope.partition(':')[0]}:write" in self.scopes
