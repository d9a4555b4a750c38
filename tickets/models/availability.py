"""Who is at work now, and how much they can take."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Calendar

MOST_CAPACITY = 500
MOST_BREATH = 3600
"""Seconds."""


def check_per_kind(value: Any) -> None:
    """Kinds of channels with the most tickets of each; raises ValidationError."""
    known = set(Channel.Kind.values)
    good = isinstance(value, dict) and all(
        kind in known and type(most) is int and 0 <= most <= MOST_CAPACITY for kind, most in value.items()
    )
    if not good:
        raise ValidationError(_("Kinds of channels, each with a number from 0 to 500."))


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def ready(self, now: datetime) -> Self:
        """Who has said that they are there, or whose pause is over, and who needs no breath now."""
        there = Q(state=Availability.State.AVAILABLE)
        back = Q(state=Availability.State.PAUSED, until__lte=now)
        rested = Q(breathes_until=None) | Q(breathes_until__lte=now)
        return self.filter(there | back, rested, user__is_active=True, user__is_program=False)


class Availability(models.Model):
    """One colleague's place in routing. Who has none is given nothing."""

    class State(models.TextChoices):
        AVAILABLE = "available", pgettext_lazy("colleague", "Available")
        PAUSED = "paused", pgettext_lazy("colleague", "Paused")
        AWAY = "away", pgettext_lazy("colleague", "Away")

    class Reason(models.TextChoices):
        NONE = "", _("No reason given")
        BREAK = "break", _("Break")
        LUNCH = "lunch", _("Lunch")
        MEETING = "meeting", _("Meeting")
        TRAINING = "training", _("Training")
        BACKLOG = "backlog", _("Working off what I have")
        OTHER = "other", pgettext_lazy("reason", "Something else")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="availability",
        verbose_name=_("colleague"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.AWAY)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason, default=Reason.NONE, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    """When a pause is over by itself."""
    by_itself = models.BooleanField(
        _("away by itself"), default=False, db_default=False, editable=False
    )  # nobody said so: there was no sign of them, and the next one brings them back
    seen_at = models.DateTimeField(_("a page was open"), null=True, blank=True, editable=False)
    capacity = models.PositiveSmallIntegerField(
        _("capacity"),
        default=10,
        validators=[MaxValueValidator(MOST_CAPACITY)],
        help_text=_("How much effort in tickets that wait for an answer; 0: nothing is given."),
    )
    per_kind = models.JSONField(
        _("most of a kind of channel"),
        default=dict,
        blank=True,
        validators=[check_per_kind],
        help_text=_('Such as {"email": 8}: at most so many tickets of that kind at a time.'),
    )
    call_breath = models.PositiveSmallIntegerField(
        _("breath after a call, in seconds"),
        default=60,
        db_default=60,
        validators=[MaxValueValidator(MOST_BREATH)],
        help_text=_("For so long nothing new comes after a call; 0: no breath."),
    )
    chat_breath = models.PositiveSmallIntegerField(
        _("breath after a chat, in seconds"),
        default=30,
        db_default=30,
        validators=[MaxValueValidator(MOST_BREATH)],
        help_text=_("For so long nothing new comes after a chat; 0: no breath."),
    )
    breathes_until = models.DateTimeField(_("gets breath until"), null=True, blank=True)
    """After a chat or a call nothing is given for a moment: tickets.availability.breathe."""
    calendar = models.ForeignKey(
        Calendar,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("working hours"),
        help_text=_("None: those of the team."),
    )
    newcomer_until = models.DateField(
        _("newcomer until"),
        null=True,
        blank=True,
        help_text=_("Until then no complaints and nothing urgent while somebody with experience is there."),
    )
    last_given_at = models.DateTimeField(_("last given a ticket"), null=True, blank=True, editable=False)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availability")
        indexes = [
            models.Index(fields=["until"], name="availability_until", condition=Q(until__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def breath(self, now: datetime) -> datetime | None:
        """Until when they get breath; None for who gets none at the moment."""
        return self.breathes_until if self.breathes_until and self.breathes_until > now else None

    def is_given(self, now: datetime) -> bool:
        """Whether new tickets may come to them at this moment: what `ready` asks, and room for one."""
        back = self.state == self.State.PAUSED and self.until is not None and self.until <= now
        there = self.state == self.State.AVAILABLE or back
        return there and self.breath(now) is None and self.capacity > 0

    def is_newcomer(self, today: date) -> bool:
        return self.newcomer_until is not None and today <= self.newcomer_until


class AvailabilityChange(models.Model):
    """Insert-only: who was available, paused and away, from when, and who said so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    state = models.CharField(_("state"), max_length=9, choices=Availability.State)
    reason = models.CharField(_("reason"), max_length=8, choices=Availability.Reason, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("change of availability")
        verbose_name_plural = _("changes of availability")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"
