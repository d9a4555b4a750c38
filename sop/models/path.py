"""Paths for newcomers: what is to be read, in its order, and how far each colleague has come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Team
from knowledge.models import Article
from sop.models.procedure import Procedure


class LearningPath(models.Model):
    """Procedures and articles for those who are new, one after the other.

    With `on_joining` it is given to whoever joins the team from now on: `joined_after` is the last
    membership that there was when this was said, so that colleagues of old are left in peace.
    """

    title = models.CharField(_("title"), max_length=120)
    about = models.CharField(_("in one sentence"), max_length=300, blank=True)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    on_joining = models.BooleanField(_("given to everybody who joins the team"), default=False)
    joined_after = models.BigIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("path for newcomers")
        verbose_name_plural = _("paths for newcomers")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class PathStop(models.Model):
    """One thing to read on a path: a procedure or an article."""

    path = models.ForeignKey(LearningPath, models.CASCADE, related_name="stops", verbose_name=_("path"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    procedure = models.ForeignKey(
        Procedure,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("procedure"),
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("article")
    )

    class Meta:
        verbose_name = _("part of a path")
        verbose_name_plural = _("parts of paths")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure=None) ^ Q(article=None), name="stop_is_one_thing_to_read"
            ),
            models.UniqueConstraint(fields=["path", "procedure"], name="stop_once_a_procedure"),
            models.UniqueConstraint(fields=["path", "article"], name="stop_once_an_article"),
        ]

    def __str__(self) -> str:
        return str(self.procedure or self.article)


class Learner(models.Model):
    """A colleague on a path."""

    path = models.ForeignKey(LearningPath, models.CASCADE, related_name="learners", verbose_name=_("path"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
        help_text=_("Nobody: on joining the team."),
    )

    class Meta:
        verbose_name = _("colleague on a path")
        verbose_name_plural = _("colleagues on paths")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["path", "user"], name="learner_once_a_path")]

    def __str__(self) -> str:
        return f"{self.user} · {self.path}"


class ArticleRead(models.Model):
    """A colleague says that they have read an article of their path; of procedures `Reading` tells."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name=_("article"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("article that was read")
        verbose_name_plural = _("articles that were read")
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="article_read_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.article}"
