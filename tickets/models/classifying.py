"""How a desk judges new tickets in its own way: its topics, words that weigh, and what it has learned."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

DEEPEST = 4


class Topic(models.Model):
    """What a ticket can be about, as a tree. One that is switched off is given to no new ticket."""

    key = models.CharField(
        _("key"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Small letters a to z, digits and _."))],
        help_text=_("The name in the API and in files, such as late_delivery. It never changes."),
    )
    labels = models.JSONField(_("labels"), default=dict)
    """Language → what people call it."""
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return " › ".join(each.title for each in self.path())

    @property
    def title(self) -> str:
        """What it is called in the reader's language, else in the first that has a name, else its key."""
        labels: dict[str, str] = self.labels or {}
        return labels.get((get_language() or "en")[:2]) or next(iter(labels.values()), "") or self.key

    def path(self) -> list["Topic"]:
        """The topics it is part of, the widest first, and then itself."""
        found: list[Topic] = []
        one: Topic | None = self
        while one is not None and one not in found:
            found.insert(0, one)
            one = one.parent
        return found

    def why_not_in(self, parent: "Topic | None") -> str:
        """Why this topic cannot be a part of `parent`; "" if it can."""
        above = parent.path() if parent else []
        if self.pk and any(each.pk == self.pk for each in above):
            return gettext("A topic cannot be a part of itself.")
        return gettext("The tree is at most four topics deep.") if len(above) >= DEEPEST else ""


class WeighedPhrase(models.Model):
    """Words that speak for a kind, a topic or a priority when a customer writes them."""

    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=[("en", _("English")), ("ru", _("Russian")), ("hu", _("Hungarian")), ("de", _("German"))],
        help_text=_("None chosen: in every language."),
    )
    words = models.CharField(
        _("words"),
        max_length=120,
        help_text=_(
            "They are found in all their forms. With * any ending is found (refund*), with = that form "
            "alone (=no)."
        ),
    )
    kind = models.CharField(
        _("speaks for the kind"), max_length=12, choices=Ticket.Kind.choices[1:], blank=True
    )
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="phrases",
        verbose_name=_("speaks for the topic"),
    )
    priority = models.PositiveSmallIntegerField(
        _("speaks for the priority"), choices=Ticket.Priority, null=True, blank=True
    )
    weight = models.SmallIntegerField(
        _("weight"),
        default=3,
        validators=[MinValueValidator(-5), MaxValueValidator(5)],
        help_text=_("1 is a hint, 5 nearly decides. Below 0 it speaks against."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("phrase that weighs")
        verbose_name_plural = _("phrases that weigh")
        ordering = ["words", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="") | Q(topic__isnull=False) | Q(priority__isnull=False),
                name="phrase_speaks_for_something",
                violation_error_message=_("What does it speak for: a kind, a topic or a priority?"),
            )
        ]

    def __str__(self) -> str:
        return self.words


class LearnedModel(models.Model):
    """What was learned of one language from the tickets of this desk that people have classified."""

    language = models.CharField(_("language"), max_length=2)
    version = models.CharField(_("version"), max_length=12)
    packed = models.BinaryField(_("model"))
    tickets = models.PositiveIntegerField(_("tickets it learned from"))
    figures = models.JSONField(_("figures"), default=dict)
    """How many of these tickets were judged rightly when they were left out of the learning: see learning."""
    is_used = models.BooleanField(_("in use"), default=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("learned model")
        verbose_name_plural = _("learned models")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["language"], condition=Q(is_used=True), name="one_learned_model_in_use"
            ),
            models.UniqueConstraint(fields=["language", "version"], name="learned_model_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.version}"

    def figure(self, name: str) -> Any:
        return self.figures.get(name)
