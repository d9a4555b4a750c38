"""Procedures: where they stand and whom they concern, how they are worded, and what was published."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Team
from knowledge.models import Written, in_language
from tickets.models import Customer, Organisation, Ticket, Topic


class Chapter(models.Model):
    """A category of procedures, in a tree; its name in each language, such as {"en": "Delivery times"}."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    names = models.JSONField(_("name by language"), default=dict)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    icon = models.CharField(_("icon"), max_length=30, default="book", blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category of procedures")
        verbose_name_plural = _("categories of procedures")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return " › ".join(each.name for each in self.path())

    @property
    def name(self) -> str:
        return in_language(self.names) or self.slug

    def path(self) -> list["Chapter"]:
        """The categories it is part of, the widest first, and then itself."""
        found: list[Chapter] = []
        one: Chapter | None = self
        while one is not None and one not in found:
            found.insert(0, one)
            one = one.parent
        return found


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def due(self, today: date) -> Self:
        """Those that somebody should read again by now, to see whether they still hold."""
        published = Wording.objects.exclude(published=None).values("procedure")
        return self.filter(review_on__lte=today, pk__in=published)


class Procedure(models.Model):
    """How something is done here, in whatever languages; whom it concerns holds for all of them.

    What it fits narrows: a kind, channel or group that is named admits no other ticket; topics count for.
    """

    key = models.SlugField(_("key"), max_length=60, unique=True, null=True, blank=True, editable=False)
    """Of those that ship with the desk, so that they are added once."""
    chapter = models.ForeignKey(
        Chapter, models.PROTECT, related_name="procedures", verbose_name=_("category")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a procedure", "owner"),
        help_text=_("Who sees to it that it holds true."),
    )
    review_on = models.DateField(_("to be read again on"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("read again every so many months"), default=6, help_text=_("0: never.")
    )
    reminded_on = models.DateField(_("reminded"), null=True, blank=True, editable=False)
    teams = models.ManyToManyField(
        Team,
        blank=True,
        related_name="+",
        verbose_name=_("for the teams"),
        help_text=_("None chosen: for all."),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("fits the topics"))
    needed_for = models.ManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("needed for the topics"),
        help_text=_("Routing gives tickets of these only to those who have read it."),
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Ticket.Kind.choices[1:]),
        verbose_name=_("only for the kinds"),
        default=list,
        blank=True,
    )
    channels = ArrayField(
        models.CharField(max_length=16, choices=Channel.Kind.choices),
        verbose_name=_("only for the channels"),
        default=list,
        blank=True,
    )
    importance = models.PositiveSmallIntegerField(
        _("only for customers from this importance on"),
        choices=Customer.Importance,
        default=Customer.Importance.NORMAL,
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("only for the organisations")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    origin = models.ForeignKey(
        Ticket,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun from the ticket"),
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["chapter__position", "position", "pk"]

    def __str__(self) -> str:
        return in_language({each.language: each.title for each in self.wordings.all()}) or f"#{self.pk}"


class WordingQuerySet(models.QuerySet["Wording"]):
    def published(self) -> Self:
        """What colleagues work by; drafts of later changes do not show in it."""
        return self.exclude(published=None).select_related("published", "procedure__chapter")


class Wording(Written):
    """A procedure in one language: what is being written, and which version of it is published."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="wordings", verbose_name=_("procedure")
    )
    words = models.CharField(
        _("found by the words"),
        max_length=500,
        blank=True,
        help_text=_("What customers write and colleagues search when they need it, with commas between."),
    )
    steps = models.JSONField(_("steps"), default=list, blank=True)
    """As `sop.steps` reads them."""
    questions = models.JSONField(
        _("questions after reading"), default=list, db_default=Value([], models.JSONField()), blank=True
    )
    """As `sop.questions` reads them."""
    published = models.ForeignKey("Edition", models.SET_NULL, null=True, related_name="+", editable=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure in a language")
        verbose_name_plural = _("procedures by language")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "language"], name="wording_once_a_language")
        ]

    @property
    def key(self) -> str:
        """As the search engine names it."""
        return f"{self.procedure_id}-{self.language}"


class Edition(models.Model):
    """A version of a procedure as it was published once, by whom; kept for good."""

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="editions", verbose_name=_("procedure"))
    number = models.PositiveIntegerField(pgettext_lazy("of a version", "number"))
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    words = models.CharField(_("found by the words"), max_length=500, blank=True)
    steps = models.JSONField(_("steps"), default=list)
    questions = models.JSONField(
        _("questions after reading"), default=list, db_default=Value([], models.JSONField()), blank=True
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    is_to_be_read = models.BooleanField(
        _("to be read by all whom it concerns"), default=False, db_default=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("published version of a procedure")
        verbose_name_plural = _("published versions of procedures")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["wording", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    def copied(self) -> dict[str, Any]:
        """What a draft takes over from it."""
        names = ("title", "summary", "words", "steps", "questions")
        return {name: getattr(self, name) for name in names}
