"""What readers of the help centre did: searched, and said whether an article helped."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.article import Translation
from knowledge.models.centre import HelpCentre


class Search(models.Model):
    """One search at the help centre: how much was found, and what was opened of it. Nobody's name is kept."""

    centre = models.ForeignKey(
        HelpCentre,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("help centre"),
        help_text=_("Empty: the first one."),
    )
    language = models.CharField(_("language"), max_length=8)
    query = models.CharField(_("searched for"), max_length=120)
    found = models.PositiveSmallIntegerField(_("found"), default=0)
    opened = models.ForeignKey(
        Translation, models.SET_NULL, null=True, related_name="+", verbose_name=_("opened")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("search at the help centre")
        verbose_name_plural = _("searches at the help centre")

    def __str__(self) -> str:
        return self.query


class Opinion(models.Model):
    """Whether an article helped; one a reader and article."""

    translation = models.ForeignKey(
        Translation, models.CASCADE, related_name="opinions", verbose_name=_("article")
    )
    reader = models.CharField(max_length=64)
    """A digest of the reader's session, so that who changes their mind is counted once."""
    helpful = models.BooleanField(_("it helped"))
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("opinion on an article")
        verbose_name_plural = _("opinions on articles")
        constraints = [models.UniqueConstraint(fields=["translation", "reader"], name="opinion_once")]

    def __str__(self) -> str:
        return self.comment[:60] or ("+" if self.helpful else "−")
