"""The ticket: a customer's request with its status, kind, priority, team and assignee."""

from datetime import UTC, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Team
from tickets.models.customer import Customer
from tickets.models.whoever import whoever

NUMBER_SEQUENCE = "ticket_number"
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # in orders: who does not wait comes after all who do
LOUDEST = 4  # the highest priority
NEWEST = (F("last_message_at").desc(), F("id").desc())
GOING_ON = ["new", "open", "waiting", "on_hold"]
UNFINISHED = Q(folder="desk", status__in=GOING_ON)
# What waits for somebody to have it, and what colleagues have before them: new or open, its customer waiting.
WAITS = Q(folder="desk", status__in=["new", "open"], snoozed_until=None, waiting_since__isnull=False)
UNOWNED = WAITS & Q(assignee=None, is_internal=False)
HELD = WAITS & Q(assignee__isnull=False)


class NextNumber(Func):
    function = "nextval"
    template = f"nextval('{NUMBER_SEQUENCE}')"
    output_field = models.BigIntegerField()


class TicketQuerySet(models.QuerySet["Ticket"]):
    def on_desk(self) -> Self:
        """Neither spam nor deleted."""
        return self.filter(folder=Ticket.Folder.DESK)

    def unfinished(self) -> Self:
        return self.filter(status__in=Ticket.UNFINISHED)

    def awake(self) -> Self:
        """Not snoozed: somebody can do something about it now."""
        return self.filter(snoozed_until=None)

    def snoozed(self) -> Self:
        return self.filter(snoozed_until__isnull=False)

    def unowned(self) -> Self:
        """The customer waits, and nobody has it."""
        return self.filter(UNOWNED)

    def held(self) -> Self:
        """The customer waits, and a colleague has it: what makes up a colleague's load."""
        return self.filter(HELD)

    def newest_first(self) -> Self:
        return self.order_by("-last_message_at", "-id")


class Ticket(models.Model):
    class Status(models.TextChoices):
        NEW = "new", pgettext_lazy("ticket status", "New")
        OPEN = "open", pgettext_lazy("ticket status", "Open")
        WAITING = "waiting", pgettext_lazy("ticket status", "Waiting for customer")
        ON_HOLD = "on_hold", pgettext_lazy("ticket status", "On hold")
        RESOLVED = "resolved", pgettext_lazy("ticket status", "Resolved")
        CLOSED = "closed", pgettext_lazy("ticket status", "Closed")

    class Folder(models.TextChoices):
        """Spam and deleted are places apart from the status, so that restoring brings the status back."""

        DESK = "desk", _("Desk")
        SPAM = "spam", _("Spam")
        BIN = "bin", _("Bin")
        MERGED = "merged", _("Joined into another")

    class Kind(models.TextChoices):
        NONE = "", _("No kind yet")
        INFORMATION = "information", _("Information")
        SUPPORT = "support", _("Support")
        COMPLAINT = "complaint", _("Complaint")
        SUGGESTION = "suggestion", _("Suggestion")

    class Priority(models.IntegerChoices):
        LOW = 1, pgettext_lazy("priority", "Low")
        NORMAL = 2, pgettext_lazy("priority", "Normal")
        HIGH = 3, pgettext_lazy("priority", "High")
        URGENT = 4, pgettext_lazy("priority", "Urgent")

    class Score(models.TextChoices):
        """What the customer said of how it was handled."""

        GOOD = "good", pgettext_lazy("rating", "Good")
        FAIR = "fair", pgettext_lazy("rating", "So-so")
        BAD = "bad", pgettext_lazy("rating", "Bad")

    UNFINISHED = (Status.NEW, Status.OPEN, Status.WAITING, Status.ON_HOLD)
    PUT_AWAY = (Folder.SPAM, Folder.BIN)

    number = models.BigIntegerField(_("number"), unique=True, editable=False, db_default=NextNumber())
    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW)
    folder = models.CharField(_("folder"), max_length=6, choices=Folder, default=Folder.DESK)
    folder_since = models.DateTimeField(_("in this folder since"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NONE, blank=True)
    verdict = models.JSONField(
        _("verdict"), default=dict, db_default={}, blank=True, editable=False
    )  # what the desk made of the first message, and a person of its topic: see classification.recognising
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    customer = models.ForeignKey(
        Customer, models.PROTECT, db_index=False, related_name="tickets", verbose_name=_("customer")
    )
    channel = models.ForeignKey(
        Channel,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("channel"),
    )
    team = models.ForeignKey(
        Team,
        models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("team"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("assignee"),
    )
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    custom = models.JSONField(_("custom fields"), default=dict, db_default={}, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name=_("follows")
    )
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        db_index=False,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("joined into"),
    )
    preview = models.CharField(_("preview"), max_length=160, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    last_message_at = models.DateTimeField(_("last message"), default=timezone.now)
    waiting_since = models.DateTimeField(_("customer waits since"), null=True, blank=True)
    first_replied_at = models.DateTimeField(_("first reply"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Between colleagues, about a customer's ticket: nothing goes out from it, and nothing comes in to it.
    is_internal = models.BooleanField(_("internal"), default=False, db_default=False)
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)
    # NEVER for "until the customer answers": their word wakes it whatever stands here.
    snoozed_until = models.DateTimeField(_("snoozed until"), null=True, blank=True)
    snoozed_by = whoever(_("snoozed by"))
    # What its policy of times (models.sla) wants first; without a moment that clock stands still.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    due_soon_at = models.DateTimeField(_("due soon from"), null=True, blank=True)
    due_target = models.CharField(_("what is due"), max_length=12, default="", db_default="", blank=True)
    # The customer's newest word, of models.rating.
    rating = models.CharField(
        _("rating"), max_length=4, choices=Score, default="", db_default="", blank=True, editable=False
    )
    promised_until = models.DateTimeField(_("promised for"), null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        indexes = [
            models.Index(*NEWEST, name="ticket_newest", condition=Q(folder="desk")),
            models.Index(*NEWEST, name="ticket_unfinished", condition=UNFINISHED),
            models.Index("team", *NEWEST, name="ticket_of_team", condition=UNFINISHED),
            models.Index("assignee", *NEWEST, name="ticket_of_assignee", condition=UNFINISHED),
            models.Index(
                *NEWEST,
                name="ticket_unassigned",
                condition=Q(folder="desk", assignee=None, status__in=GOING_ON),
            ),
            models.Index(
                Coalesce("waiting_since", Value(NEVER)), "id", name="ticket_by_waiting", condition=UNFINISHED
            ),
            models.Index(
                Value(LOUDEST) - F("priority"),
                Coalesce("waiting_since", Value(NEVER)),
                "id",
                name="ticket_by_urgency",
                condition=UNFINISHED,
            ),
            models.Index(Coalesce("due_at", Value(NEVER)), "id", name="ticket_by_due", condition=UNFINISHED),
            models.Index(
                Coalesce("due_soon_at", "due_at"),
                name="ticket_pressing",
                condition=Q(folder="desk", status__in=GOING_ON, due_at__isnull=False),
            ),
            models.Index("id", name="ticket_by_age", condition=UNFINISHED),
            models.Index(
                "team",
                Value(LOUDEST) - F("priority"),
                Coalesce("waiting_since", Value(NEVER)),
                "id",
                name="ticket_to_route",
                condition=UNOWNED,
            ),
            models.Index(fields=["assignee"], name="ticket_held", condition=HELD),
            models.Index("customer", F("id").desc(), name="ticket_of_customer"),
            models.Index("folder_since", name="ticket_put_away", condition=~Q(folder="desk")),
            models.Index("folder", *NEWEST, name="ticket_of_folder", condition=~Q(folder="desk")),
            models.Index(
                fields=["merged_into"], name="ticket_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(*NEWEST, name="ticket_snoozed", condition=Q(snoozed_until__isnull=False)),
            models.Index(
                fields=["snoozed_until"], name="ticket_wakes", condition=Q(snoozed_until__isnull=False)
            ),
            GinIndex(fields=["tags"], name="ticket_tags"),
            GinIndex(
                fields=["custom"],
                name="ticket_custom",
                opclasses=["jsonb_path_ops"],
                condition=~Q(custom={}),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def topic(self) -> str:
        """The key of the topic it is about, by a person's word or else the desk's; "" when nobody knows."""
        return str(self.verdict.get("topic") or "")

    @property
    def is_finished(self) -> bool:
        return self.status in (self.Status.RESOLVED, self.Status.CLOSED)

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None

    @property
    def sleeps_until_answered(self) -> bool:
        """Whether only the customer's word, or a colleague, wakes it."""
        return self.snoozed_until == NEVER

    @property
    def is_on_desk(self) -> bool:
        return self.folder == self.Folder.DESK
