"""Canned responses: one template with a wording for each language, and what became of each use."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.accounts.models import Team
from tickets.models import Message, Ticket, Topic

LONGEST = 20_000


class ResponseQuerySet(models.QuerySet["CannedResponse"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def whole(self) -> Self:
        """With all that is shown of them: wordings, topics, whose they are."""
        return self.select_related("owner", "team").prefetch_related("wordings", "topics", "files")


class CannedResponse(models.Model):
    """One's own (`owner`), a team's (`team`), or everybody's (neither).

    `steps` are the actions that go with it, in the words of `tickets.macros` without `reply` and `note`.
    """

    title = models.CharField(pgettext_lazy("of a response", "name"), max_length=80)
    shortcut = models.CharField(
        _("shortcut"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[^\W_][\w-]*\Z", _("Letters, digits, - and _, without spaces."))],
        help_text=_("What one types after / in the composer."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_responses",
        verbose_name=_("colleague"),
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="canned_responses", verbose_name=_("team")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="canned_responses", verbose_name=_("topics")
    )
    channels = ArrayField(
        models.CharField(max_length=16),
        verbose_name=_("kinds of channel"),
        default=list,
        blank=True,
        help_text=_("None: for all."),
    )
    steps = models.JSONField(_("actions"), default=dict, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    origin = models.CharField(_("shipped as"), max_length=60, blank=True, editable=False)
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    solved = models.PositiveIntegerField(_("resolved after it"), default=0, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned response")
        verbose_name_plural = _("canned responses")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="response_of_one_or_of_a_team"
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="response_shipped_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Wording(models.Model):
    """What a response says in one language; `html` is the same with formatting, "" without any."""

    response = models.ForeignKey(
        CannedResponse, models.CASCADE, related_name="wordings", verbose_name=_("canned response")
    )
    language = models.CharField(_("language"), max_length=8)
    body = models.TextField(_("text"))
    html = models.TextField(_("formatted text"), blank=True)

    class Meta:
        verbose_name = _("wording of a response")
        verbose_name_plural = _("wordings of responses")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["response", "language"], name="one_wording_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.response} ({self.language})"


class ResponseFile(models.Model):
    """A file that goes along, in every language or in one; the bytes are stored by their content."""

    response = models.ForeignKey(
        CannedResponse, models.CASCADE, related_name="files", verbose_name=_("canned response")
    )
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("None: with every wording.")
    )
    name = models.CharField(pgettext_lazy("of a file", "name"), max_length=255)
    sha256 = models.CharField(_("digest"), max_length=64)
    content_type = models.CharField(_("content type"), max_length=127)
    size = models.PositiveBigIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("file of a response")
        verbose_name_plural = _("files of responses")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Use(models.Model):
    """A response that was put into a reply; `message` is that reply once it went out.

    It is settled when what became of it is known and counted, see `using.settle`.
    """

    response = models.ForeignKey(
        CannedResponse, models.CASCADE, related_name="uses", verbose_name=_("canned response")
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("ticket"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("colleague"),
    )
    language = models.CharField(_("language"), max_length=8)
    key = models.UUIDField(_("client key"), unique=True, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now)
    message = models.ForeignKey(
        Message,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("message"),
    )
    is_solved = models.BooleanField(_("resolved after it"), default=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of a response")
        verbose_name_plural = _("uses of responses")
        indexes = [
            models.Index(fields=["at"], name="use_unsettled", condition=Q(settled_at=None)),
            models.Index(fields=["response", "-at"], name="use_by_response"),
        ]

    def __str__(self) -> str:
        return f"{self.response} · {self.ticket}"


class RepeatedAnswer(models.Model):
    """An answer that colleagues have given again and again, offered to be made a canned response.

    It is shown to whom it came from: the one colleague, else the team, else everybody who may make responses
    for all. Names, numbers and addresses were taken out of it.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        TAKEN = "taken", _("Made a response")
        LEFT = "left", _("Not wanted")

    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"))
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    times = models.PositiveIntegerField(_("times written"))
    writers = models.PositiveIntegerField(_("colleagues who wrote it"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OFFERED)
    found_at = models.DateTimeField(_("found"), default=timezone.now)

    class Meta:
        verbose_name = _("repeated answer")
        verbose_name_plural = _("repeated answers")
        ordering = ["-times", "id"]

    def __str__(self) -> str:
        return self.text[:60]
