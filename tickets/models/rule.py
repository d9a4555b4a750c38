"""Rules that admins set up: when this happens, if that holds, do these; their versions, runs and alarms."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models.ticket import Ticket
from tickets.models.whoever import whoever

LONGEST_WAIT = 60 * 24 * 366  # minutes


class RuleQuerySet(models.QuerySet["Rule"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def in_order(self) -> Self:
        return self.order_by("position", "id")


class Rule(models.Model):
    """Either `triggers` name what sets it off, or `clock` does, `minutes` after it began in these `statuses`.

    `conditions` is {"all": [...], "any": [...]} of rows {"field", "op", "value"}, `actions` is a list of
    {"do", "value"}: see `tickets.rules`. Ids of teams and colleagues stand in them, who may be gone since.
    """

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=False)
    triggers = ArrayField(models.CharField(max_length=24), verbose_name=_("when"), default=list, blank=True)
    clock = models.CharField(_("time that passes"), max_length=16, blank=True)
    minutes = models.PositiveIntegerField(
        _("minutes"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST_WAIT)],
    )
    statuses = ArrayField(
        models.CharField(max_length=10), verbose_name=_("in one of these states"), default=list, blank=True
    )
    at_work = models.BooleanField(
        _("only in working hours"),
        default=False,
        help_text=_("When its time comes at night, it waits for the morning of the ticket's team."),
    )
    overdue_too = models.BooleanField(
        _("also tickets whose time has passed already"),
        default=False,
        help_text=_("When it is switched on: otherwise they are left alone."),
    )
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    actions = models.JSONField(_("actions"), default=list)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    wound_version = models.PositiveIntegerField(_("clocks set for version"), default=0, editable=False)
    origin = models.CharField(_("shipped as"), max_length=40, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("automation", "rule")
        verbose_name_plural = pgettext_lazy("automation", "rules")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clock="") | Q(triggers=[]),
                name="rule_of_events_or_of_time",
                violation_error_message=_("Something that happens, or time that passes: not both."),
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="rule_shipped_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """A rule as it was from `at` on, by whom; `body` holds all that it said, and whether it was on."""

    rule = models.ForeignKey(
        Rule, models.CASCADE, db_index=False, related_name="versions", verbose_name=_("rule")
    )
    number = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("what it said"), default=dict)
    by = whoever(_("by"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} · {self.number}"


class RuleRun(models.Model):
    """What a rule did to one ticket, once.

    `done` is a list of [action, before, after] in their order, `left` of [action, code of why not]. A rule
    that is gone leaves its runs, with its name.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(
        Rule, models.SET_NULL, null=True, blank=True, related_name="runs", verbose_name=_("rule")
    )
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80)
    version = models.PositiveIntegerField(_("version"))
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, db_index=False, related_name="rule_runs", verbose_name=_("ticket")
    )
    done = models.JSONField(_("done"), default=list)
    left = models.JSONField(_("left"), default=list)
    at = models.DateTimeField(_("time"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = whoever(_("undone by"))

    class Meta:
        verbose_name = _("run of a rule")
        verbose_name_plural = _("runs of rules")
        indexes = [
            models.Index(fields=["ticket", "-at"], name="rule_run_of_ticket"),
            models.Index(fields=["at"], name="rule_run_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.ticket_id}"


class RuleAlarm(models.Model):
    """When a rule of time looks at a ticket: `since` names the state, in which it rings once.

    Without `due_at` it has rung, or the ticket is in no state that the rule waits for.
    """

    rule = models.ForeignKey(
        Rule, models.CASCADE, db_index=False, related_name="alarms", verbose_name=_("rule")
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("ticket"))
    since = models.DateTimeField(_("since"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    rung_at = models.DateTimeField(_("rung"), null=True, blank=True)

    class Meta:
        verbose_name = _("alarm of a rule")
        verbose_name_plural = _("alarms of rules")
        constraints = [models.UniqueConstraint(fields=["rule", "ticket"], name="rule_alarm_once")]
        indexes = [models.Index(fields=["due_at"], name="rule_alarm_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.rule_id} on {self.ticket_id}"
