"""How a colleague wants to be told of what."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Telling(models.Model):
    """One colleague's choices; who has none is told in the usual ways."""

    class Digest(models.TextChoices):
        HOURLY = "hourly", pgettext_lazy("digest", "Every hour")
        DAILY = "daily", pgettext_lazy("digest", "Once a day")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="telling",
        verbose_name=_("colleague"),
    )
    choices = models.JSONField(_("choices"), default=dict, blank=True)
    """Kind of notification → {"page", "sound", "push": yes or no, "mail": "", "now" or "digest"}."""
    digest = models.CharField(_("digest"), max_length=6, choices=Digest, default=Digest.DAILY)
    hour = models.PositiveSmallIntegerField(_("hour"), default=8, validators=[MaxValueValidator(23)])
    """At which a daily digest goes, in the colleague's own time."""
    shows_subject = models.BooleanField(_("subjects on devices"), default=False, db_default=False)
    quiet_from = models.PositiveSmallIntegerField(
        _("quiet from"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("quiet until"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    digested_at = models.DateTimeField(_("last digest"), default=timezone.now)

    class Meta:
        verbose_name = _("ways of being told")
        verbose_name_plural = _("ways of being told")

    def __str__(self) -> str:
        return f"for {self.user_id}"
