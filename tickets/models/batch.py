"""One change to many tickets at once, kept so that it can be undone as a whole."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """`changes` holds [ticket id, before, after] for each ticket that changed: ids and codes, no words."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="batches", verbose_name=_("by colleague")
    )
    key = models.UUIDField(_("client key"), default=uuid.uuid4, unique=True, editable=False)
    action = models.CharField(_("action"), max_length=16)
    changes = models.JSONField(_("changes"), default=list)
    left = models.PositiveIntegerField(_("left as they were"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of many tickets")
        verbose_name_plural = _("changes of many tickets")

    def __str__(self) -> str:
        return f"{self.action} × {len(self.changes)}"
