"""Words that mean the same to somebody who searches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.written import spoken


class Synonyms(models.Model):
    """A group of one language. One that has the name of a shipped group stands in its place."""

    name = models.CharField(
        _("name"),
        max_length=60,
        help_text=_("Groups of the same name in other languages mean the same."),
    )
    language = models.CharField(_("language"), max_length=8, choices=spoken)
    words = models.TextField(
        _("words"),
        blank=True,
        help_text=_("Parted by commas; a star stands for any ending. Empty: the group is not used."),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["name", "language"]
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="synonyms_once_a_language")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
