"""Expected times: the settings, the figures they are reckoned from, and what customers were told."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Team
from tickets.models import Ticket


class Expectation(models.Model):
    """How times are told. One row; `load()` gives it, with defaults before it is saved."""

    is_told = models.BooleanField(
        _("customers are told"),
        default=True,
        help_text=_("In receipts and on the page of their request: how long an answer usually takes."),
    )
    promise_hours = models.PositiveSmallIntegerField(
        _("hours told without history"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text=_("Working hours, told while there are too few answers to go by. Empty: nothing is told."),
    )
    least = models.PositiveSmallIntegerField(
        _("answers to go by, at least"), default=20, validators=[MinValueValidator(5)]
    )
    corrects_itself = models.BooleanField(
        _("the desk tells of delays by itself"),
        default=False,
        help_text=_("Else a colleague sends the message, with one click."),
    )

    class Meta:
        verbose_name = _("expected times")
        verbose_name_plural = _("expected times")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="expectation_is_one_row")]

    def __str__(self) -> str:
        return gettext("expected times")

    @classmethod
    def load(cls) -> "Expectation":
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Pace(models.Model):
    """How long it took lately, in working minutes, for like tickets. Written by `figures.recount` alone."""

    class What(models.TextChoices):
        REPLY = "reply", _("First reply")
        SOLUTION = "solution", _("Solution")

    what = models.CharField(_("what"), max_length=8, choices=What)
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    cell = models.CharField(_("like tickets"), max_length=80)
    """`figures.Cell` as text: of the team, and how narrow."""
    count = models.PositiveIntegerField(_("tickets"))
    median = models.PositiveIntegerField(_("median, minutes"))
    most = models.PositiveIntegerField(_("nine of ten within, minutes"))
    queue = models.PositiveIntegerField(
        _("minutes until the queue is answered"), default=0, help_text=_("Of the whole team.")
    )
    at = models.DateTimeField(_("reckoned"), default=timezone.now)

    class Meta:
        verbose_name = _("pace of answers")
        verbose_name_plural = _("pace of answers")
        ordering = ["what", "cell"]
        constraints = [models.UniqueConstraint(fields=["what", "cell"], name="pace_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.cell}"


class ExpectedTimeQuerySet(models.QuerySet["ExpectedTime"]):
    def open(self) -> Self:
        """The customer still waits for the answer that was told of."""
        return self.filter(outcome="")

    def slipping(self) -> Self:
        return self.open().filter(slips_at__isnull=False)


class ExpectedTime(models.Model):
    """What the customer of a ticket was told, and what became of it."""

    class By(models.TextChoices):
        RECEIPT = "receipt", _("Receipt")
        PAGE = "page", _("Page of the request")

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("expected time", "Open")
        KEPT = "kept", pgettext_lazy("expected time", "Answered in time")
        LATE = "late", pgettext_lazy("expected time", "Answered later")
        VOID = "void", pgettext_lazy("expected time", "No answer was needed")

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="expected", verbose_name=_("ticket")
    )
    by = models.CharField(_("told by"), max_length=8, choices=By)
    told_at = models.DateTimeField(_("told"), default=timezone.now)
    low = models.PositiveIntegerField(_("from, minutes"))
    high = models.PositiveIntegerField(_("to, minutes"))
    count = models.PositiveIntegerField(_("answers it goes by"))
    until = models.DateTimeField(_("holds until"))
    check_at = models.DateTimeField(_("looked at"))
    slips_at = models.DateTimeField(_("seen not to hold"), null=True, blank=True)
    new_until = models.DateTimeField(_("new time"), null=True, blank=True)
    corrected_at = models.DateTimeField(_("customer told of it"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=4, choices=Outcome, default=Outcome.OPEN, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ExpectedTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("time told")
        verbose_name_plural = _("times told")
        ordering = ["-told_at"]
        indexes = [
            models.Index(
                fields=["check_at"], name="expected_to_check", condition=Q(outcome="", slips_at=None)
            ),
            models.Index(fields=["until"], name="expected_open", condition=Q(outcome="")),
            models.Index(fields=["told_at"], name="expected_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.until:%Y-%m-%d %H:%M}"
