"""Pairs of phrases, and those that a colleague does not want to be told of."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOTHING = "–"
"""In place of a better phrase: the words are best left out."""


class PairQuerySet(models.QuerySet["PhrasePair"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class PhrasePair(models.Model):
    """`avoid` and `prefer` hold one phrase a line, each found in all its forms; "=no" in that one alone."""

    class Context(models.TextChoices):
        ANY = "any", pgettext_lazy("context of a phrase", "Anywhere")
        REQUEST = "request", pgettext_lazy("context of a phrase", "Asking for something")
        REFUSAL = "refusal", pgettext_lazy("context of a phrase", "Saying no")
        DELAY = "delay", pgettext_lazy("context of a phrase", "Something takes time")
        FAULT = "fault", pgettext_lazy("context of a phrase", "Something went wrong")
        APOLOGY = "apology", pgettext_lazy("context of a phrase", "Apologising")
        GREETING = "greeting", pgettext_lazy("context of a phrase", "Greeting")
        CLOSING = "closing", pgettext_lazy("context of a phrase", "Closing")

    language = models.CharField(_("language"), max_length=2)
    avoid = models.TextField(
        _("avoid"),
        max_length=600,
        help_text=_(
            "One phrase a line. Each is found in all its forms; with * any ending is found, with = that "
            "form alone."
        ),
    )
    prefer = models.TextField(
        _("prefer"),
        max_length=600,
        help_text=_("One phrase a line, the best first; a dash where it is best left out."),
    )
    why = models.CharField(_("why"), max_length=200, blank=True)
    context = models.CharField(_("context"), max_length=10, choices=Context, default=Context.ANY)
    is_active = models.BooleanField(_("active"), default=True)
    origin = models.CharField(_("shipped as"), max_length=60, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of phrases")
        verbose_name_plural = _("pairs of phrases")
        ordering = ["language", "avoid", "id"]
        constraints = [
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="pair_shipped_once")
        ]

    def __str__(self) -> str:
        return self.phrases[0] if self.phrases else f"#{self.pk}"

    @property
    def phrases(self) -> list[str]:
        return [line.strip() for line in self.avoid.splitlines() if line.strip()]

    @property
    def better(self) -> list[str]:
        return [line.strip() for line in self.prefer.splitlines() if line.strip()]


class SparedPhrase(models.Model):
    """Words that this colleague does not want marked."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    words = models.CharField(_("words"), max_length=120)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("spared phrase")
        verbose_name_plural = _("spared phrases")
        ordering = ["words"]
        constraints = [models.UniqueConstraint(fields=["user", "words"], name="spared_once")]

    def __str__(self) -> str:
        return self.words
