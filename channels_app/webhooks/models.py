"""Who is told of what, each thing that was told, and each answer to it."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.outgoing import Trouble
from helpdesk.secrets import SecretsField
from tickets.models import Delivery, Event

TROUBLES = {  # why a call got no answer, by the code of `helpdesk.outgoing`
    Trouble.BAD_ADDRESS: _("This address cannot be called."),
    Trouble.PRIVATE: _("It leads into a network that the desk may not reach."),
    Trouble.UNKNOWN_HOST: _("There is no such host."),
    Trouble.NO_CONNECTION: _("No connection"),
    Trouble.NOT_TRUSTED: _("Its certificate is not trusted."),
    Trouble.TOO_SLOW: _("It took too long to answer."),
    Trouble.TOO_LARGE: _("Its answer was too large."),
    Trouble.TOO_MANY_REDIRECTS: _("It led from one address to the next."),
    Trouble.BAD_ANSWER: _("What came back cannot be understood."),
}


class Webhook(models.Model):
    """An address that is told of some events, of all tickets or of some."""

    class Reason(models.TextChoices):
        """Why the desk itself switched a webhook off."""

        GONE = "gone", _("It answered 410: it wants no more.")
        FAILING = "failing", _("Nothing got through for three days.")

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80)
    url = models.CharField(_("address"), max_length=2000)
    kinds = ArrayField(models.CharField(max_length=24), verbose_name=_("events"), default=list)
    narrow = models.JSONField(_("only tickets that are"), default=dict, blank=True)
    with_words = models.BooleanField(_("with names and texts"), default=True)
    secrets = SecretsField(verbose_name=_("secrets"), default=dict, blank=True, editable=False)
    rotated_at = models.DateTimeField(_("secret changed"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    disabled_reason = models.CharField(
        _("why it was switched off"), max_length=8, choices=Reason, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class CallQuerySet(models.QuerySet["Call"]):
    def unsettled(self) -> Self:
        return self.filter(settled=False)


class Call(models.Model):
    """One thing told to one webhook; its delivery says how that goes."""

    webhook = models.ForeignKey(
        Webhook, models.CASCADE, db_index=False, related_name="calls", verbose_name=_("webhook")
    )
    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="call", verbose_name=_("delivery"))
    event = models.ForeignKey(
        Event,
        models.SET_NULL,
        db_index=False,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("event"),
    )
    ticket_id = models.BigIntegerField(_("ticket"), null=True, blank=True)
    type = models.CharField(_("type"), max_length=40)
    settled = models.BooleanField(_("settled"), default=False)
    created_at = models.DateTimeField(_("queued"), default=timezone.now)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        indexes = [
            models.Index(fields=["webhook", "-id"], name="call_of_webhook"),
            models.Index(
                fields=["webhook", "ticket_id", "id"], name="call_in_turn", condition=Q(settled=False)
            ),
            models.Index(fields=["created_at"], name="call_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class Answer(models.Model):
    """What came back of one attempt."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="answers", verbose_name=_("call"))
    at = models.DateTimeField(_("time"), default=timezone.now)
    seconds = models.FloatField(_("seconds"))
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=24, blank=True)
    excerpt = models.TextField(_("beginning of the answer"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.status or self.trouble}"

    @property
    def said(self) -> str:
        """The status, or why there is none, in the reader's language."""
        return str(self.status or TROUBLES.get(self.trouble, self.trouble))  # type: ignore[call-overload]
