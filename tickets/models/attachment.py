"""Files that came or went with a message; the bytes live in `channels_app.files` under their sha256."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.messages import InboundFile
from tickets.models.draft import Draft
from tickets.models.message import Message


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def shown(self) -> Self:
        """Those a person sees as files; inline pictures stand in the text."""
        return self.filter(inline=False)

    def add_inbound(self, message: Message, files: Iterable[InboundFile]) -> None:
        """The files that came with a message, in their order."""
        Attachment.objects.bulk_create(
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
        )


class Attachment(models.Model):
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name=_("message")
    )
    draft = models.ForeignKey(
        Draft, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name=_("draft")
    )
    sha256 = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("name"), max_length=255, blank=True)
    content_type = models.CharField(_("content type"), max_length=127, default="application/octet-stream")
    content_id = models.CharField(_("content id"), max_length=255, blank=True)
    inline = models.BooleanField(_("inline"), default=False)
    size = models.PositiveBigIntegerField(_("bytes"))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, draft=None) | Q(message=None, draft__isnull=False),
                name="attachment_has_one_home",
            )
        ]
        indexes = [models.Index(fields=["sha256"], name="attachment_digest")]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]
