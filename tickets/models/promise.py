"""What a customer was promised, and by when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models.message import Message
from tickets.models.ticket import Ticket


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        """Neither kept nor taken back."""
        return self.filter(state=Promise.State.OPEN)

    def lapsed(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)

    def of(self, user_id: int) -> Self:
        """Those that this colleague has to keep: whose ticket it is, or who made it while nobody has it."""
        nobodys = Q(ticket__assignee=None, made_by=user_id)
        return self.filter(nobodys | Q(ticket__assignee=user_id))

    def to_remind_of(self, now: datetime) -> Self:
        return self.open().filter(remind_at__lte=now, reminded_at=None, ticket__folder=Ticket.Folder.DESK)

    def to_tell_of(self, now: datetime) -> Self:
        """Lapsed, and the supervisors have not been told."""
        return self.lapsed(now).filter(lapsed_at=None, ticket__folder=Ticket.Folder.DESK)


class Promise(models.Model):
    """“You will hear from me by Friday”: who has the ticket keeps it, so that it outlives reassigning.

    `Ticket.promised_until` says the same of the first that is open, for lists and pages.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("promise", "Open")
        KEPT = "kept", pgettext_lazy("promise", "Kept")
        WITHDRAWN = "withdrawn", pgettext_lazy("promise", "Taken back")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="promises", verbose_name=_("ticket"))
    made_on = models.ForeignKey(
        Ticket, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made on the ticket")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("promised by"),
    )
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("said in")
    )
    kept_by = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    due_at = models.DateTimeField(_("promised for"))
    remind_at = models.DateTimeField(_("reminder at"))
    made_at = models.DateTimeField(_("promised at"), default=timezone.now)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("lapsed"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        indexes = [
            models.Index(fields=["due_at"], name="promise_due", condition=Q(state="open")),
            models.Index(
                fields=["remind_at"], name="promise_remind", condition=Q(state="open", reminded_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} on {self.ticket_id} for {self.due_at:%Y-%m-%d %H:%M}"
