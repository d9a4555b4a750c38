"""What the search engine searches: collections of texts, copied from where they are written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Collection(models.Model):
    """Texts that are searched together; `version` grows with every change, so that indexes are made anew."""

    ARTICLES = "articles"
    LOADED = "loaded"

    name = models.CharField(_("name"), max_length=60, unique=True)
    version = models.BigIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("searched collection")
        verbose_name_plural = _("searched collections")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One text of a collection; `meaning` is its vector, empty until a worker has made it."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    key = models.CharField(_("key"), max_length=200)
    lang = models.CharField(_("language"), max_length=8)
    title = models.TextField(_("title"))
    body = models.TextField(_("text"), blank=True)
    topic = models.TextField(_("topic"), blank=True)
    meaning = models.BinaryField(default=b"", blank=True)

    class Meta:
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")
        constraints = [models.UniqueConstraint(fields=["collection", "key"], name="entry_of_collection")]

    def __str__(self) -> str:
        return self.title
