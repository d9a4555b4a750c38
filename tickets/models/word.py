"""The words of the desk, which a search corrects typing errors by."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A word that some message has or had. Whoever is offered one has it in a ticket they may see."""

    text = models.CharField(_("word"), max_length=40, primary_key=True)
    alike = models.CharField(_("in Latin letters"), max_length=40, editable=False)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = [GinIndex(fields=["alike"], name="word_alike", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.text
