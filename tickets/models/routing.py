"""How the waiting tickets of a team find a colleague, and which were given back."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from helpdesk.accounts.models import Calendar, Team
from tickets.models.classifying import Topic
from tickets.models.competence import Skill, language_name
from tickets.models.ticket import Ticket


class TeamRouting(models.Model):
    """How the waiting tickets of a team find a colleague. A team without it hands nothing out."""

    class Mode(models.TextChoices):
        OFF = "off", pgettext_lazy("routing", "Off: people take tickets themselves")
        LEAST = "least", pgettext_lazy("routing", "To whoever has least to do")
        TURN = "turn", pgettext_lazy("routing", "In turn")

    team = models.OneToOneField(
        Team, models.CASCADE, primary_key=True, related_name="routing", verbose_name=_("team")
    )
    mode = models.CharField(_("way"), max_length=5, choices=Mode, default=Mode.OFF)
    previous_first = models.BooleanField(
        _("previous colleague first"),
        default=True,
        help_text=_("Whoever had the customer's last ticket gets the next, if they can take one."),
    )
    calendar = models.ForeignKey(
        Calendar,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("working hours"),
        help_text=_("None: round the clock."),
    )
    unowned_minutes = models.PositiveIntegerField(
        _("minutes without anybody"),
        default=60,
        help_text=_(
            "When nobody has a waiting ticket for so long, in working hours, supervisors are told. 0: never."
        ),
    )
    silent_minutes = models.PositiveIntegerField(
        _("minutes without a sign"),
        default=30,
        db_default=30,
        help_text=_(
            "When somebody available has no page open and does nothing for so long, they are away until they"
            " are back. 0: never."
        ),
    )
    absent_minutes = models.PositiveIntegerField(
        _("minutes of absence"),
        default=0,
        help_text=_(
            "When somebody is away for so long, their tickets that wait go to others. 0: they keep them."
        ),
    )

    class Meta:
        verbose_name = _("routing of a team")
        verbose_name_plural = _("routing of teams")
        ordering = ["team"]

    def __str__(self) -> str:
        return str(self.team)


class RoutingRule(models.Model):
    """Which team a new ticket belongs to, and what it takes: the first rule that holds decides."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    channel = models.ForeignKey(
        Channel,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("channel"),
        help_text=_("None: any."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Ticket.Kind.choices[1:], blank=True)
    topic = models.ForeignKey(
        Topic, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    language = models.CharField(_("language"), max_length=2, blank=True, help_text=_("Such as en, hu or de."))
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("team"),
        help_text=_("None: it stays where its channel puts it."),
    )
    skill = models.ForeignKey(
        Skill, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("takes the skill")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(skill__isnull=False),
                name="routing_rule_leads_somewhere",
                violation_error_message=_("Choose a team, a skill or both."),
            )
        ]

    def __str__(self) -> str:
        return " → ".join(filter(None, [self.said(), str(self.team or self.skill or "")]))

    def said(self) -> str:
        """What it holds for, in words."""
        language = language_name(self.language) if self.language else ""
        kind = self.get_kind_display() if self.kind else ""
        parts = [str(self.channel or ""), kind, str(self.topic or ""), language]
        return ", ".join(filter(None, parts)) or gettext("every ticket")


class Effort(models.Model):
    """How much of a colleague's capacity a ticket of a kind takes up; 1 where nothing is said."""

    kind = models.CharField(_("kind"), max_length=12, choices=Ticket.Kind, blank=True, unique=True)
    points = models.PositiveSmallIntegerField(
        _("effort"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    class Meta:
        verbose_name = _("effort of a kind of ticket")
        verbose_name_plural = _("effort of kinds of tickets")
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.points}"


class HandBack(models.Model):
    """A colleague gave a ticket back: it is not given to them again."""

    class Reason(models.TextChoices):
        SUBJECT = "subject", _("Not my subject")
        LANGUAGE = "language", _("Not my language")
        LOAD = "load", _("I have too much")
        NEAR = "near", _("I know the customer privately")
        OTHER = "other", pgettext_lazy("reason", "Something else")

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, db_index=False, related_name="hand_backs", verbose_name=_("ticket")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("ticket given back")
        verbose_name_plural = _("tickets given back")
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="given_back_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id} by {self.user_id}"
