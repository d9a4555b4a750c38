"""What was put together and taken apart, so that it can be undone, and what is still in doubt."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.message import Message
from tickets.models.ticket import Ticket


class MoveQuerySet(models.QuerySet["Move"]):
    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Move(models.Model):
    """Messages taken from one ticket to another. It is never deleted, so it can be undone for ever."""

    class Kind(models.TextChoices):
        JOIN = "join", _("Joined")
        SPLIT = "split", _("Split off")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    source = models.ForeignKey(
        Ticket, models.CASCADE, related_name="moves_out", verbose_name=_("from the ticket")
    )
    target = models.ForeignKey(
        Ticket, models.CASCADE, related_name="moves_in", verbose_name=_("to the ticket")
    )
    message_ids = ArrayField(models.BigIntegerField(), verbose_name=_("messages"))
    before = models.JSONField(_("status of the target before"), default=dict, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by colleague")
    )
    moved_at = models.DateTimeField(_("time"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} → {self.target_id}"


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def of(self, ticket: Ticket) -> Self:
        """Those in which the ticket is one of the two."""
        return self.filter(Q(ticket=ticket) | Q(other=ticket))


class Doubt(models.Model):
    """A message became a ticket of its own and may belong to another one: a person decides."""

    class Reason(models.TextChoices):
        STRANGER = "stranger", _("Sender is not part of the ticket")
        COLLEAGUE = "colleague", _("Sender is of the same organisation, not part of the ticket")
        UNPROVED = "unproved", _("Sender may not be who they say")
        SUBJECT = "subject", _("Another subject on an old ticket")

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        APART = "apart", _("Kept apart")

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, related_name="doubt", verbose_name=_("ticket of its own")
    )
    other = models.ForeignKey(
        Ticket, models.CASCADE, related_name="doubts", verbose_name=_("ticket it may belong to")
    )
    message = models.OneToOneField(Message, models.CASCADE, related_name="doubt", verbose_name=_("message"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    raised_at = models.DateTimeField(_("time"), default=timezone.now)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")

    def __str__(self) -> str:
        return f"{self.ticket_id} perhaps of {self.other_id}: {self.state}"


class Citation(models.Model):
    """An id of somebody else's message that leads to a ticket, though no message of it has that id.

    Who answers the same mail, which we never saw, means the same matter; and so for a colleague's own mail.
    """

    external_id = models.CharField(_("external id"), max_length=255)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="citations", verbose_name=_("ticket"))
    ours = models.BooleanField(_("written by a colleague"), default=False)

    class Meta:
        verbose_name = _("cited id")
        verbose_name_plural = _("cited ids")
        constraints = [models.UniqueConstraint(fields=["external_id", "ticket"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.external_id} → {self.ticket_id}"
