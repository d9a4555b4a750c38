"""Videos in articles, kept by content like pictures."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.article import Picture
from knowledge.models.written import spoken


class Video(models.Model):
    """A video under a name that cannot be guessed; `captions` are WebVTT, in one language."""

    token = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("type"), max_length=40)
    title = models.CharField(_("title"), max_length=160)
    captions = models.TextField(_("captions"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=spoken, default="en")
    poster = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("poster")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("video in articles")
        verbose_name_plural = _("videos in articles")

    def __str__(self) -> str:
        return self.title or self.token
