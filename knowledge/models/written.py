"""What is written in one language and published in versions: articles, procedures."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def spoken() -> list[tuple[str, str]]:
    """Code and name of the desk's languages; as a function, so that adding one is no change of a table."""
    return list(settings.LANGUAGES)


class Written(models.Model):
    """What is being written; `published` of the model itself is the version that readers see."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("article", "Draft")
        REVIEW = "review", pgettext_lazy("article", "In review")
        PUBLISHED = "published", pgettext_lazy("article", "Published")
        ARCHIVED = "archived", pgettext_lazy("article", "Archived")

    language = models.CharField(_("language"), max_length=8, choices=spoken)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    state = models.CharField(
        pgettext_lazy("article", "state"), max_length=10, choices=State, default=State.DRAFT
    )
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_id: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def has_changes(self) -> bool:
        """Whether readers see an older text than the one written here."""
        return self.published_id is not None and self.state in (self.State.DRAFT, self.State.REVIEW)
