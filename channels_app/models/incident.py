"""Trouble that somebody was told of: begun once, ended once."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import Channel


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Incident(models.Model):
    """One stretch of trouble. Told once when it begins and once when it is over."""

    class Kind(models.TextChoices):
        FETCHING = "fetching", _("Mail is not fetched")
        CONSENT = "consent", _("Consent fails")
        WAITING = "waiting", _("Mail waits to be read")
        QUARANTINE = "quarantine", _("Quarantine grows")
        SENDING = "sending", _("Answers do not go out")
        MISSING = "missing", _("Mail is missing")
        HOOKS = "hooks", _("Requests are refused")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, blank=True, related_name="incidents", verbose_name=_("mailbox")
    )
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    """Numbers and a server's words, for the sentence in the reader's language."""
    began_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("last seen"))
    ended_at = models.DateTimeField(_("over"), null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "channel"],
                name="incident_open_once",
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["-began_at"], name="incident_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel_id or ''} {self.began_at:%F %T}"
