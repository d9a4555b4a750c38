"""By which criteria a ticket is urgent: what they look at, how much they count, and what came of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from tickets.models.customer import Customer
from tickets.models.ticket import Ticket

MOST_POINTS = 100


class PriorityCriterion(models.Model):
    """All that it names has to hold; then its points count."""

    class Mood(models.IntegerChoices):
        ANNOYED = 1, _("Annoyed at least")
        ANGRY = 2, _("Angry")

    class Judged(models.TextChoices):
        LOW = "low", pgettext_lazy("priority", "Low")
        HIGH = "high", pgettext_lazy("priority", "High")
        URGENT = "urgent", pgettext_lazy("priority", "Urgent")

    name = models.CharField(_("name"), max_length=80, unique=True)
    points = models.SmallIntegerField(
        _("points"),
        validators=[MinValueValidator(-MOST_POINTS), MaxValueValidator(MOST_POINTS)],
        help_text=_("Below 0 it makes a ticket less urgent."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Ticket.Kind.choices[1:], blank=True)
    words = models.CharField(
        _("words"),
        max_length=200,
        blank=True,
        help_text=_(
            "One of these, with commas between. They are found in all their forms; with * any ending is "
            "found, with = that form alone."
        ),
    )
    importance = models.PositiveSmallIntegerField(
        _("customer at least"), choices=Customer.Importance.choices[1:], null=True, blank=True
    )
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("channel")
    )
    mood = models.PositiveSmallIntegerField(_("mood"), choices=Mood, null=True, blank=True)
    judged = models.CharField(
        _("the message reads as"), max_length=6, choices=Judged, blank=True, help_text=_("By the classifier.")
    )
    money = models.PositiveIntegerField(
        _("names money, at least"), null=True, blank=True, help_text=_("In whatever currency.")
    )
    waits_minutes = models.PositiveIntegerField(
        _("the customer waits for minutes"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("criterion of priority")
        verbose_name_plural = _("criteria of priority")
        ordering = ["-points", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    kind="",
                    words="",
                    importance=None,
                    channel=None,
                    mood=None,
                    judged="",
                    money=None,
                    waits_minutes=None,
                ),
                name="criterion_looks_at_something",
                violation_error_message=_("Say what it looks at."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PriorityScale(models.Model):
    """From how many points on a ticket has which priority. One row; without it nothing is reckoned."""

    is_active = models.BooleanField(_("active"), default=False)
    low = models.SmallIntegerField(_("low, up to"), default=-20)
    high = models.SmallIntegerField(_("high, from"), default=20)
    urgent = models.SmallIntegerField(_("urgent, from"), default=50)

    class Meta:
        verbose_name = _("scale of priority")
        verbose_name_plural = _("scale of priority")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="priority_scale_is_one_row"),
            models.CheckConstraint(
                condition=Q(low__lt=models.F("high")) & Q(high__lt=models.F("urgent")),
                name="priority_scale_rises",
                violation_error_message=_("Low is below high, and high below urgent."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("scale of priority")


class Urgency(models.Model):
    """How a ticket's priority was reckoned, and when time may change it."""

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="urgency", verbose_name=_("ticket")
    )
    points = models.SmallIntegerField(_("points"))
    counted = models.JSONField(_("counted"), default=list)
    """[[criterion, points]], those that held."""
    due_at = models.DateTimeField(_("reckoned again"), null=True, blank=True)

    class Meta:
        verbose_name = _("reckoned priority")
        verbose_name_plural = _("reckoned priorities")
        indexes = [models.Index(fields=["due_at"], name="urgency_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.points}"
