"""That an article was given to a customer in a reply."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.article import Translation
from tickets.models import Ticket


class ArticleUse(models.Model):
    """An article that a colleague put into what they wrote; `knowledge.using` tells whether it went out."""

    translation = models.ForeignKey(
        Translation, models.CASCADE, related_name="uses", verbose_name=_("article")
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("ticket"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    key = models.UUIDField(_("client key"), unique=True, editable=False)

    class Meta:
        verbose_name = _("article in a reply")
        verbose_name_plural = _("articles in replies")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], name="article_use_at")]

    def __str__(self) -> str:
        return f"{self.translation} · {self.ticket}"
