"""What an agent has begun to write, and what waits for its time to be sent."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from tickets.models.enquiry import Enquiry
from tickets.models.message import Message
from tickets.models.ticket import Ticket


class DraftQuerySet(models.QuerySet["Draft"]):
    def open(self) -> Self:
        """Still being written."""
        return self.filter(due_at=None)

    def queued(self) -> Self:
        """Handed over to be sent at its time; nothing has happened yet."""
        return self.filter(due_at__isnull=False)

    def due(self, now: datetime) -> Self:
        """To be sent by now, and not held."""
        return self.filter(due_at__lte=now, held="")


class Draft(models.Model):
    """Without `due_at` it is being written; with it, it is a reply or forward that waits for its time."""

    class Mode(models.TextChoices):
        REPLY = "reply", _("Reply")
        NOTE = "note", _("Note")
        FORWARD = "forward", _("Forward")
        ASIDE = "aside", _("Enquiry")

    ON_TICKET = (Mode.REPLY, Mode.NOTE, Mode.FORWARD)
    """What is written on the ticket's own page; one of each."""

    class Held(models.TextChoices):
        """Why it was not sent when its time came: its author decides."""

        NEWS = "news", _("Somebody wrote meanwhile")
        NOWHERE = "nowhere", _("There is no address to send it to")
        AUTHOR = "author", _("Its author may not write here any more")
        TROUBLE = "trouble", _("It could not be sent")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts", verbose_name=_("ticket"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name=_("author")
    )
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.REPLY)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), default="", db_default="", blank=True)
    channel = models.ForeignKey(
        Channel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("channel"),
    )
    answers = models.ForeignKey(
        Message,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answers or forwards"),
    )
    # Of an enquiry: the one it goes on in; without it, it begins one about this subject.
    enquiry = models.ForeignKey(
        Enquiry,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("enquiry"),
    )
    subject = models.CharField(_("subject"), max_length=1000, default="", db_default="", blank=True)
    to = models.JSONField(_("to"), default=list, db_default=[], blank=True)
    cc = models.JSONField(_("copies to"), default=list, blank=True)
    bcc = models.JSONField(_("hidden copies to"), default=list, db_default=[], blank=True)
    key = models.UUIDField(_("client key"), default=uuid.uuid4, editable=False)
    # The id of the newest message that its author has seen; no foreign key, since messages move and go.
    seen = models.BigIntegerField(_("newest message seen"), null=True, blank=True, editable=False)
    status = models.CharField(
        _("status after it"), max_length=10, choices=Ticket.Status, default="", db_default="", blank=True
    )
    snooze_until = models.DateTimeField(_("snoozed after it until"), null=True, blank=True)
    promise_due = models.DateTimeField(_("promises an answer by"), null=True, blank=True)
    keeps_promise = models.BooleanField(_("keeps what was promised"), default=True, db_default=True)
    due_at = models.DateTimeField(_("is sent at"), null=True, blank=True)
    held = models.CharField(_("held"), max_length=8, choices=Held, default="", db_default="", blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "author", "mode", "enquiry"],
                name="draft_open_once_each",
                condition=Q(due_at=None),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["key"], name="draft_queued_once", condition=Q(due_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="draft_due", condition=Q(due_at__isnull=False, held="")),
        ]

    def __str__(self) -> str:
        return f"{self.mode} by {self.author_id} on {self.ticket_id}"
