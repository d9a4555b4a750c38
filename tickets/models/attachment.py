"""Files that came or went with a message; the bytes live in `channels_app.files` under their sha256."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.messages import InboundFile
from helpdesk.wake import wake
from tickets.models.draft import Draft
from tickets.models.message import Message
from tickets.models.whoever import whoever


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def shown(self) -> Self:
        """Those a person sees as files; inline pictures stand in the text."""
        return self.filter(inline=False)

    def held(self) -> Self:
        """Those that nobody may save unless somebody releases them."""
        return self.filter(state__in=[Attachment.State.HELD, Attachment.State.INFECTED])

    def unscanned(self) -> Self:
        """Those that wait because the virus scanner is away."""
        return self.filter(state=Attachment.State.UNCHECKED).exclude(check_error="")

    def add_inbound(self, message: Message, files: Iterable[InboundFile]) -> None:
        """The files that came with a message, in their order."""
        rows = [
            Attachment(
                message=message,
                sha256=file.sha256,
                name=file.name[:255],
                content_type=file.content_type[:127],
                content_id=file.content_id[:255],
                inline=file.inline,
                size=file.size,
            )
            for file in files
        ]
        if rows:
            Attachment.objects.bulk_create(rows)
            wake("files")

    def copy(
        self, files: Iterable["Attachment"], *, message: Message | None = None, draft: Draft | None = None
    ) -> None:
        """The same files on another message or draft, as rows of their own; what is held stays held."""
        Attachment.objects.bulk_create(
            Attachment(
                message=message,
                draft=draft,
                sha256=file.sha256,
                name=file.name,
                content_type=file.content_type,
                size=file.size,
                state=file.state,
                sniffed_type=file.sniffed_type,
                dangers=file.dangers,
                entries=file.entries,
                entry_count=file.entry_count,
                virus=file.virus,
            )
            for file in files
        )


class Attachment(models.Model):
    class State(models.TextChoices):
        UNCHECKED = "unchecked", _("Being checked")
        CLEAN = "clean", _("Nothing found")
        HELD = "held", _("Held")
        INFECTED = "infected", _("Infected")
        RELEASED = "released", _("Released")

    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name=_("message")
    )
    draft = models.ForeignKey(
        Draft, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name=_("draft")
    )
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("sent ahead by"),
    )
    sha256 = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("name"), max_length=255, blank=True)
    content_type = models.CharField(_("content type"), max_length=127, default="application/octet-stream")
    content_id = models.CharField(_("content id"), max_length=255, blank=True)
    inline = models.BooleanField(_("inline"), default=False)
    size = models.PositiveBigIntegerField(_("bytes"))
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.UNCHECKED, db_default=State.UNCHECKED
    )
    sniffed_type = models.CharField(
        _("content type by its bytes"), max_length=127, default="", db_default="", blank=True
    )
    dangers = models.JSONField(_("dangers"), null=True, blank=True)
    entries = models.JSONField(_("files inside"), null=True, blank=True)
    entry_count = models.PositiveIntegerField(_("number of files inside"), default=0, db_default=0)
    virus = models.CharField(_("virus"), max_length=200, default="", db_default="", blank=True)
    check_due_at = models.DateTimeField(_("next check"), null=True, blank=True)
    check_attempts = models.PositiveSmallIntegerField(_("checks begun"), default=0, db_default=0)
    check_error = models.CharField(
        _("why it is not checked"), max_length=500, default="", db_default="", blank=True
    )
    released_by = whoever(_("released by"))
    created_at = models.DateTimeField(_("kept"), default=timezone.now, db_default=Now())

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, draft=None, uploader=None)
                | Q(message=None, draft__isnull=False, uploader=None)
                | Q(message=None, draft=None, uploader__isnull=False),
                name="attachment_has_one_home",
            )
        ]
        indexes = [
            models.Index(fields=["sha256"], name="attachment_digest"),
            models.Index(fields=["id"], name="attachment_unchecked", condition=Q(state="unchecked")),
            models.Index(fields=["uploader"], name="attachment_waiting", condition=Q(uploader__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]
