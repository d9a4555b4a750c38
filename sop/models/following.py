"""That a procedure was followed on a ticket: by which version, which steps, and where it was left."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sop.models.procedure import Edition, Procedure
from tickets.models import Message, Ticket


class Following(models.Model):
    """One procedure on one ticket, by the version that was published when it was begun.

    Why it was ended otherwise than written is said in a note of the ticket: words live in messages alone.
    """

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("procedure", "Under way")
        DONE = "done", pgettext_lazy("procedure", "Done as written")
        OTHERWISE = "otherwise", pgettext_lazy("procedure", "Ended otherwise")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="followings", verbose_name=_("ticket"))
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="followings", verbose_name=_("procedure")
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="followings", verbose_name=_("version"))
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reason")
    )

    class Meta:
        verbose_name = _("procedure on a ticket")
        verbose_name_plural = _("procedures on tickets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "procedure"], name="following_once_open", condition=Q(outcome="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} #{self.ticket_id}"


class Mark(models.Model):
    """What became of one step."""

    class What(models.TextChoices):
        DONE = "done", pgettext_lazy("step", "Done")
        CHOSEN = "chosen", pgettext_lazy("step", "Decided")
        LEFT_OUT = "left_out", pgettext_lazy("step", "Left out")

    following = models.ForeignKey(
        Following, models.CASCADE, related_name="marks", verbose_name=_("procedure")
    )
    step = models.CharField(_("step"), max_length=12)
    what = models.CharField(_("what became of it"), max_length=8, choices=What)
    choice = models.CharField(_("decision"), max_length=12, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    note = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reason")
    )

    class Meta:
        verbose_name = _("step of a procedure on a ticket")
        verbose_name_plural = _("steps of procedures on tickets")
        constraints = [models.UniqueConstraint(fields=["following", "step"], name="mark_once_a_step")]

    def __str__(self) -> str:
        return f"{self.step} {self.what}"
