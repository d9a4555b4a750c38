"""Views that colleagues have saved: a list of tickets by filters, in an order, with what its rows show."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.accounts.models import Team


class View(models.Model):
    """One's own (`owner`), a team's (`team`), or everybody's (neither)."""

    class Column(models.TextChoices):
        """What a row shows besides customer, subject, status and time."""

        PREVIEW = "preview", _("First words")
        ASSIGNEE = "assignee", _("Assignee")
        NUMBER = "number", pgettext_lazy("of a ticket", "Number")
        TEAM = "team", _("Team")
        TAGS = "tags", _("Tags")
        ORGANISATION = "organisation", _("Organisation")
        LANGUAGE = "language", _("Language")
        CREATED = "created", _("Created")

    USUAL = (Column.PREVIEW, Column.ASSIGNEE)

    title = models.CharField(pgettext_lazy("of a view", "name"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="views",
        verbose_name=_("colleague"),
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="views", verbose_name=_("team")
    )
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    order = models.CharField(pgettext_lazy("of a list", "order"), max_length=16, default="-last_message")
    columns = ArrayField(
        models.CharField(max_length=16, choices=Column), verbose_name=_("columns"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("view")
        verbose_name_plural = _("views")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(owner=None) | Q(team=None), name="view_of_one_or_of_a_team")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """As addresses and the navigation name it."""
        return str(self.pk)
