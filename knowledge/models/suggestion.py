"""The suggestion box: what customers wish for, who wants it too, and what the company says to it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.models.centre import HelpCentre
from knowledge.models.written import spoken
from tickets.models import Customer, Ticket

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ANSWER, LONGEST_COMMENT = 160, 5000, 2000, 2000


class Shown(models.TextChoices):
    """Whether the public sees it."""

    WAITING = "waiting", pgettext_lazy("suggestion", "Waits for approval")
    PUBLIC = "public", pgettext_lazy("suggestion", "Public")
    HIDDEN = "hidden", pgettext_lazy("suggestion", "Hidden")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def public(self) -> Self:
        """What everybody may read; those united with another are read there."""
        return self.filter(shown=Shown.PUBLIC, merged_into=None)

    def at(self, centre: HelpCentre) -> Self:
        """Those of one help centre; what is nobody's is the first one's."""
        own = Q(centre=centre.pk)
        return self.filter(own | Q(centre=None) if centre.is_first else own)

    def counted(self) -> Self:
        """With how many want it (`wanted`) and how many public comments it has (`said`)."""
        votes = SuggestionVote.objects.filter(suggestion=OuterRef("pk")).order_by().values("suggestion")
        comments = SuggestionComment.objects.filter(suggestion=OuterRef("pk"), shown=Shown.PUBLIC)
        said = comments.order_by().values("suggestion").annotate(n=Count("pk")).values("n")
        return self.annotate(
            wanted=Coalesce(Subquery(votes.annotate(n=Count("pk")).values("n")), 0),
            said=Coalesce(Subquery(said), 0),
        )


class Suggestion(models.Model):
    """One wish in the words of a customer, in their language."""

    class Status(models.TextChoices):
        NEW = "new", pgettext_lazy("suggestion", "New")
        REVIEW = "review", pgettext_lazy("suggestion", "Under review")
        PLANNED = "planned", pgettext_lazy("suggestion", "Planned")
        STARTED = "started", pgettext_lazy("suggestion", "In progress")
        DONE = "done", pgettext_lazy("suggestion", "Done")
        DECLINED = "declined", pgettext_lazy("suggestion", "Declined")

    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=spoken)
    centre = models.ForeignKey(
        HelpCentre,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("help centre"),
        help_text=_("None: the first one."),
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    status = models.CharField(
        pgettext_lazy("suggestion", "status"), max_length=8, choices=Status, default=Status.NEW
    )
    shown = models.CharField(_("who sees it"), max_length=7, choices=Shown, default=Shown.WAITING)
    answer = models.TextField(_("the company's answer"), max_length=LONGEST_ANSWER, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("united with")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    key = models.UUIDField(_("client key"), unique=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="suggestion_not_into_itself"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SuggestionVote(models.Model):
    """One customer wants it too; `ticket` where they said so in a request."""

    suggestion = models.ForeignKey(
        Suggestion, models.CASCADE, db_index=False, related_name="votes", verbose_name=_("suggestion")
    )
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", verbose_name=_("customer"))
    ticket = models.ForeignKey(
        Ticket, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ticket")
    )
    wants_mail = models.BooleanField(_("is told by mail what becomes of it"), default=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("vote for a suggestion")
        verbose_name_plural = _("votes for suggestions")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "customer"], name="suggestion_vote_once")
        ]

    def __str__(self) -> str:
        return f"{self.customer} → {self.suggestion_id}"


class SuggestionComment(models.Model):
    """What a customer, or the company, says to a suggestion."""

    suggestion = models.ForeignKey(
        Suggestion, models.CASCADE, related_name="comments", verbose_name=_("suggestion")
    )
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    text = models.TextField(_("text"), max_length=LONGEST_COMMENT)
    shown = models.CharField(_("who sees it"), max_length=7, choices=Shown, default=Shown.WAITING)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    key = models.UUIDField(_("client key"), unique=True, editable=False)

    class Meta:
        verbose_name = _("comment on a suggestion")
        verbose_name_plural = _("comments on suggestions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class SuggestionChange(models.Model):
    """A change of status, and how far its voters are told: the row is the queue of their mails."""

    suggestion = models.ForeignKey(
        Suggestion, models.CASCADE, related_name="changes", verbose_name=_("suggestion")
    )
    before = models.CharField(_("before"), max_length=8, choices=Suggestion.Status)
    status = models.CharField(pgettext_lazy("suggestion", "status"), max_length=8, choices=Suggestion.Status)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("colleague")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    due_at = models.DateTimeField(_("told from"))
    told_up_to = models.BigIntegerField(_("told up to the vote"), default=0)
    settled_at = models.DateTimeField(_("everybody is told"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a suggestion")
        verbose_name_plural = _("changes of suggestions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_at"], name="suggestion_to_tell", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.before} → {self.status}"
