"""Who is to be asked how it went, and who does not want to be."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.customer import Customer
from tickets.models.ticket import Ticket


class RatingInvitation(models.Model):
    """That the customer is to be asked how one resolution went: the row is the queue of such mails."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its time")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not sent")

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, db_index=False, related_name="+", verbose_name=_("ticket")
    )
    resolved_at = models.DateTimeField(_("resolved"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    why = models.CharField(_("why not"), max_length=12, blank=True)
    settled_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to rate")
        verbose_name_plural = _("invitations to rate")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "resolved_at"], name="invitation_once_a_resolution")
        ]
        indexes = [
            models.Index(fields=["due_at"], name="invitation_due", condition=models.Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.state}"


class RatingRefusal(models.Model):
    """This customer does not want to be asked how it went."""

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="+", verbose_name=_("customer"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("refusal of questions")
        verbose_name_plural = _("refusals of questions")

    def __str__(self) -> str:
        return str(self.customer_id)
