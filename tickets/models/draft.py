"""What an agent has begun to write: kept on the server as they type."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.message import Message
from tickets.models.ticket import Ticket


class Draft(models.Model):
    class Mode(models.TextChoices):
        REPLY = "reply", _("Reply")
        NOTE = "note", _("Note")
        FORWARD = "forward", _("Forward")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts", verbose_name=_("ticket"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name=_("author")
    )
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.REPLY)
    body = models.TextField(_("text"), blank=True)
    answers = models.ForeignKey(
        Message,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answers or forwards"),
    )
    to = models.JSONField(_("to"), default=list, db_default=[], blank=True)
    cc = models.JSONField(_("copies to"), default=list, blank=True)
    bcc = models.JSONField(_("hidden copies to"), default=list, db_default=[], blank=True)
    key = models.UUIDField(_("client key"), default=uuid.uuid4, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["ticket", "author", "mode"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.mode} by {self.author_id} on {self.ticket_id}"
