"""Who has read what was published anew, what they answered about it, and that they were reminded."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sop.models.procedure import Edition


class Reading(models.Model):
    """A colleague says that they have read a version; once."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="readings", verbose_name=_("version"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("procedure that was read")
        verbose_name_plural = _("procedures that were read")
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.edition}"


class Attempt(models.Model):
    """Answers to the questions of a version; `wrong` names the questions that were answered otherwise."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="attempts", verbose_name=_("version"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    wrong = models.JSONField(_("answered otherwise"), default=list)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("answers about a procedure")
        verbose_name_plural = _("answers about procedures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.edition}"


class Reminder(models.Model):
    """A colleague was reminded that a version is to be read; once."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("version"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder to read a procedure")
        verbose_name_plural = _("reminders to read procedures")
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.edition}"
