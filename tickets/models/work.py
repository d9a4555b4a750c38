"""What is done on a ticket: steps to tick, time spent, and ways into other systems."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Team
from tickets.models.ticket import Ticket

LONGEST_STEP = 200
DAY = 24 * 60


class Checklist(models.Model):
    """Steps that are put on a ticket together; what was put there is not changed by it any more."""

    title = models.CharField(_("title"), max_length=80)
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="checklists",
        verbose_name=_("team"),
        help_text=_("None: for the tickets of all teams."),
    )
    steps = ArrayField(models.CharField(max_length=LONGEST_STEP), verbose_name=_("steps"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One line of a ticket's checklist, ticked by whom and when."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="steps", verbose_name=_("ticket"))
    text = models.CharField(_("text"), max_length=LONGEST_STEP)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    made_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_by__isnull=False), name="step_done_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return self.text


class TimeSpent(models.Model):
    """Minutes that a colleague worked on a ticket."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="time_spent", verbose_name=_("ticket"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="time_spent", verbose_name=_("colleague")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(DAY)]
    )
    note = models.CharField(_("what for"), max_length=200, blank=True)
    key = models.UUIDField(_("client key"), unique=True, editable=False)
    at = models.DateTimeField(_("written down"), default=timezone.now)

    class Meta:
        verbose_name = _("time spent")
        verbose_name_plural = _("times spent")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(minutes__lte=DAY), name="time_spent_within_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min on {self.ticket_id} by {self.user_id}"


class Shortcut(models.Model):
    """A button beside a ticket that opens another system, at the place that belongs to the ticket."""

    label = models.CharField(_("label"), max_length=60)
    url = models.CharField(_("address"), max_length=1000)
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shortcuts",
        verbose_name=_("team"),
        help_text=_("None: for the tickets of all teams."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("button to another system")
        verbose_name_plural = _("buttons to other systems")
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label
