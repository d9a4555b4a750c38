"""Macros: several changes to a ticket, and words to write on it, done in one click."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.accounts.models import Team


class Macro(models.Model):
    """One's own (`owner`), a team's (`team`), or everybody's (neither).

    `steps` holds what it does by name, see `tickets.macros.steps`; ids of teams and colleagues stand in it,
    so one may name somebody who is gone: it says so before it is run.
    """

    title = models.CharField(pgettext_lazy("of a macro", "name"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="macros",
        verbose_name=_("colleague"),
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="macros", verbose_name=_("team")
    )
    steps = models.JSONField(_("steps"), default=dict)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("macro")
        verbose_name_plural = _("macros")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(owner=None) | Q(team=None), name="macro_of_one_or_of_a_team")
        ]

    def __str__(self) -> str:
        return self.title
