"""Who has read what was published anew."""

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
