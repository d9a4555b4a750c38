"""What a colleague is to be told of, until they have read it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.message import Message
from tickets.models.ticket import Ticket
from tickets.models.whoever import whoever


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notification(models.Model):
    """One line of the bell. It holds ids and codes, no words of people."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("A ticket was given to you")
        WROTE = "wrote", _("The customer of your ticket wrote")
        MENTIONED = "mentioned", _("Mentioned in a note")
        READING = "reading", _("Something is to be read")
        HELD = "held", _("A reply was held")
        TAKEN_BACK = "taken_back", _("A reply was taken back")
        ANSWERED = "answered", _("An enquiry was answered")
        WATCHED = "watched", _("News on a watched ticket")
        WOKEN = "woken", _("A snoozed ticket is back")
        PROMISE_DUE = "promise_due", _("A promise is due soon")
        PROMISE_LATE = "promise_late", _("A promise has lapsed")
        EXPECTED_LATE = "expected", _("An expected time will not hold")
        UNOWNED = "unowned", _("Nobody has a ticket")
        DUE_SOON = "due_soon", _("A ticket is due soon")
        OVERDUE = "overdue", _("A ticket is overdue")
        LONG_OVERDUE = "long_overdue", _("A ticket is overdue for long")
        RATED_BAD = "rated_bad", _("A customer was not content")
        RULE = "rule", _("A rule points to a ticket")
        RULES_HALTED = "halted", _("Rules were halted on a ticket")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        related_name="notifications",
        verbose_name=_("for"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("ticket")
    )
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("message")
    )
    by = whoever(_("by"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    is_quiet = models.BooleanField(_("not in the page"), default=False, db_default=False)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_newest"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "message", "kind"],
                name="notification_once",
                condition=Q(message__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id} on {self.ticket_id}"
