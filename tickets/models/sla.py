"""How soon tickets are to be answered and resolved: policies, their versions, and the clocks of tickets."""

from collections.abc import Callable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from helpdesk.accounts.models import Calendar, Team
from tickets.models.customer import Customer, Organisation
from tickets.models.ticket import Ticket
from tickets.models.whoever import whoever

LONGEST = 366 * 24 * 60  # minutes
SOON_SHARE = 75  # percent of the time used


class Target(models.TextChoices):
    FIRST_REPLY = "first_reply", _("First reply")
    NEXT_REPLY = "next_reply", _("Next reply")
    RESOLUTION = "resolution", _("Resolution")


class Told(models.TextChoices):
    ASSIGNEE = "assignee", _("Who has the ticket, else its team")
    TEAM = "team", _("The team")
    SUPERVISORS = "supervisors", _("The supervisors")


def _minutes(label: Any, **more: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        **more,
    )


def _given(name: str) -> Q:
    """Said to be more than nothing. What is unknown satisfies a constraint: it has to be known, too."""
    return Q(**{f"{name}__isnull": False, f"{name}__gt": 0})


def warned() -> list[str]:
    """Who is told before a time is over, unless an admin says otherwise."""
    return [Told.ASSIGNEE]


def late() -> list[str]:
    """Who is told when it is over, unless an admin says otherwise."""
    return [Told.ASSIGNEE, Told.SUPERVISORS]


def _tellings(label: Any, default: Callable[[], list[str]]) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=12, choices=Told), verbose_name=label, default=default, blank=True
    )


class SlaPolicy(models.Model):
    """All that it names has to hold for a ticket; the first policy in order that fits is the ticket's."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Ticket.Kind.choices[1:], blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority at least"), choices=Ticket.Priority.choices[1:], null=True, blank=True
    )
    importance = models.PositiveSmallIntegerField(
        _("customer at least"), choices=Customer.Importance.choices[1:], null=True, blank=True
    )
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("channel")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("working hours"),
        help_text=_("None: round the clock."),
    )
    first_reply = _minutes(_("minutes to the first reply"))
    next_reply = _minutes(_("minutes to each next reply"))
    resolution = _minutes(_("minutes to the resolution"))
    pauses_on_hold = models.BooleanField(
        _("on hold pauses, too"),
        default=False,
        help_text=_("Waiting for the customer always pauses the clock of the resolution."),
    )
    warn_share = models.PositiveSmallIntegerField(
        _("warn when so many percent are used"),
        null=True,
        blank=True,
        default=SOON_SHARE,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    warn_minutes = _minutes(_("warn so many minutes before"))
    warn_tells = _tellings(_("the warning tells"), warned)
    late_tells = _tellings(_("when it is overdue tell"), late)
    raises_priority = models.BooleanField(_("raise the priority by one when it is overdue"), default=False)
    escalate_minutes = _minutes(
        _("escalate when it is overdue for minutes"),
        help_text=_("In working hours. The supervisors are told then."),
    )
    hands_back = models.BooleanField(_("and give it back to its team then"), default=False)

    class Meta:
        verbose_name = _("policy of times")
        verbose_name_plural = _("policies of times")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_given("first_reply") | _given("next_reply") | _given("resolution"),
                name="sla_policy_sets_a_time",
                violation_error_message=_("Set one of the three times at least."),
            ),
            models.CheckConstraint(
                condition=Q(warn_share=None) | Q(warn_minutes=None),
                name="sla_policy_warns_one_way",
                violation_error_message=_("Warn by percent or by minutes, not by both."),
            ),
            models.CheckConstraint(
                condition=Q(hands_back=False) | _given("escalate_minutes"),
                name="sla_policy_escalates_to_hand_back",
                violation_error_message=_("Say after how many minutes it is escalated."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SlaVersion(models.Model):
    """What a policy said from then on; never changed."""

    policy = models.ForeignKey(
        SlaPolicy,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("policy of times"),
    )
    number = models.PositiveIntegerField(_("version"))
    terms = models.JSONField(_("terms"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = whoever(_("by"))

    class Meta:
        verbose_name = _("version of a policy of times")
        verbose_name_plural = _("versions of policies of times")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="sla_version_once")]

    def __str__(self) -> str:
        return f"{self.terms.get('name', '')} · {self.number}"


class SlaEdition(models.Model):
    """The versions in order that held from then on, and how far the open tickets have been gone through."""

    versions = ArrayField(models.BigIntegerField(), verbose_name=_("versions"), default=list, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    reached = models.BigIntegerField(_("gone through up to the ticket"), default=0)
    finished_at = models.DateTimeField(_("gone through"), null=True, blank=True)

    class Meta:
        verbose_name = _("edition of the policies of times")
        verbose_name_plural = _("editions of the policies of times")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)


class SlaClockQuerySet(models.QuerySet["SlaClock"]):
    def open(self) -> Self:
        """Neither met nor missed for good: running or paused."""
        return self.filter(ended_at=None)


class SlaClock(models.Model):
    """One time to keep on one ticket. `next_at` is the queue: when its next threshold is crossed.

    Moments are None while it is paused, but for those crossed before.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("Open")
        MET = "met", _("In time")
        LATE = "late", _("Late")
        DROPPED = "dropped", _("Holds no longer")

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, db_index=False, related_name="clocks", verbose_name=_("ticket")
    )
    target = models.CharField(_("time"), max_length=12, choices=Target)
    version = models.ForeignKey(
        SlaVersion, models.PROTECT, db_index=False, related_name="+", verbose_name=_("version of the policy")
    )
    started_at = models.DateTimeField(_("started"))
    pauses = models.JSONField(_("pauses"), default=list)
    """[[from, to, why]], to being null while it lasts."""
    warn_at = models.DateTimeField(_("due soon from"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    escalate_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    warned_at = models.DateTimeField(_("warned"), null=True, blank=True)
    breached_at = models.DateTimeField(_("found overdue"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)
    next_at = models.DateTimeField(_("next threshold"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)

    objects = SlaClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock of a ticket")
        verbose_name_plural = _("clocks of tickets")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "target", "started_at"], name="sla_clock_once")
        ]
        indexes = [
            models.Index(fields=["next_at"], name="sla_clock_next", condition=Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.target} of {self.ticket_id}"
