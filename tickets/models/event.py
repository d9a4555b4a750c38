"""What happened, told once and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.customer import Customer
from tickets.models.message import Message
from tickets.models.ticket import Ticket


class Event(models.Model):
    """Insert-only. `data` holds ids and codes, never words of people."""

    class Kind(models.TextChoices):
        TICKET_OPENED = "ticket_opened", _("Ticket opened")
        MESSAGE_RECEIVED = "message_received", _("Message received")
        REPLY_SENT = "reply_sent", _("Reply sent")
        ASIDE_SENT = "aside_sent", _("Sent to somebody else")
        ACKNOWLEDGED = "acknowledged", _("Receipt sent")
        NOTE_ADDED = "note_added", _("Note added")
        DELIVERY_FAILED = "delivery_failed", _("Not delivered")
        DELIVERY_RETRIED = "delivery_retried", _("Sent again")
        STATUS_CHANGED = "status_changed", _("Status changed")
        ASSIGNED = "assigned", _("Assigned")
        TEAM_CHANGED = "team_changed", _("Team changed")
        KIND_CHANGED = "kind_changed", _("Kind changed")
        TOPIC_CHANGED = "topic_changed", _("Topic changed")
        PRIORITY_CHANGED = "priority_changed", _("Priority changed")
        TAGS_CHANGED = "tags_changed", _("Tags changed")
        SUBJECT_CHANGED = "subject_changed", _("Subject changed")
        LANGUAGE_CHANGED = "language_changed", _("Language changed")
        CUSTOM_CHANGED = "custom_changed", _("Field changed")
        CUSTOMER_MADE = "customer_made", _("Customer made")
        CUSTOMER_CHANGED = "customer_changed", _("Customer changed")
        CUSTOMER_BLOCKED = "customer_blocked", _("Customer blocked")
        CUSTOMER_UNBLOCKED = "customer_unblocked", _("Customer let through again")
        CUSTOMERS_UNITED = "customers_united", _("Customers joined")
        CUSTOMERS_PARTED = "customers_parted", _("Customers taken apart again")
        CUSTOMER_ERASED = "customer_erased", _("Customer erased")
        ORGANISATION_MADE = "organisation_made", _("Organisation made")
        ORGANISATION_CHANGED = "organisation_changed", _("Organisation changed")
        ORGANISATION_REMOVED = "organisation_removed", _("Organisation removed")
        FOLDER_CHANGED = "folder_changed", _("Moved")
        FILE_RELEASED = "file_released", _("File released")
        PICTURES_CHANGED = "pictures_changed", _("Pictures")
        DOUBT_RAISED = "doubt_raised", _("Perhaps part of another ticket")
        KEPT_APART = "kept_apart", _("Kept as a ticket of its own")
        DOUBT_REOPENED = "doubt_reopened", _("To be decided again")
        TICKET_JOINED = "ticket_joined", _("Joined")
        JOIN_UNDONE = "join_undone", _("Taken apart again")
        MESSAGE_SPLIT = "message_split", _("Message split off")
        SPLIT_UNDONE = "split_undone", _("Message put back")
        ESCALATED = "escalated", _("Shown to supervisors")
        ENQUIRY_SENT = "enquiry_sent", _("Somebody else asked")
        ENQUIRY_ANSWERED = "enquiry_answered", _("Somebody else answered")
        CHECKLIST_CHANGED = "checklist_changed", _("Checklist changed")
        TIME_SPENT = "time_spent", _("Time written down")
        TIME_REMOVED = "time_removed", _("Time taken away")
        LINKED = "linked", _("Linked")
        UNLINKED = "unlinked", _("Link taken away")
        SNOOZED = "snoozed", _("Snoozed")
        WOKEN = "woken", _("Woken")
        EXPORTED = "exported", _("Taken out as a file")
        PROMISE_MADE = "promise_made", _("Promise made")
        PROMISE_MOVED = "promise_moved", _("Promise moved")
        PROMISE_KEPT = "promise_kept", _("Promise kept")
        PROMISE_WITHDRAWN = "promise_withdrawn", _("Promise taken back")
        PROMISE_LAPSED = "promise_lapsed", _("Promise lapsed")
        EXPECTED_SLIPS = "expected_slips", _("Expected time will not hold")
        EXPECTED_CORRECTED = "expected_corrected", _("New expected time told")
        UNOWNED = "unowned", _("Nobody has it")
        SLA_WARNED = "sla_warned", _("Due soon")
        SLA_BREACHED = "sla_breached", _("Overdue")
        SLA_ESCALATED = "sla_escalated", _("Overdue for long")
        PROCEDURE_BEGUN = "procedure_begun", _("Procedure begun")
        PROCEDURE_MARKED = "procedure_marked", _("Step of a procedure")
        PROCEDURE_ENDED = "procedure_ended", _("Procedure ended")
        RULE_APPLIED = "rule_applied", _("Rule applied")
        RULE_UNDONE = "rule_undone", _("Rule undone")
        RULES_HALTED = "rules_halted", _("Rules halted")
        RATED = "rated", _("Rated by the customer")
        AUTO_REPLIED = "auto_replied", _("Automatic reply sent")
        RATING_ASKED = "rating_asked", _("Asked to rate")

    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    ticket = models.ForeignKey(
        Ticket,
        models.CASCADE,
        db_index=False,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("ticket"),
    )
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("message")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("by colleague"),
    )
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("by customer"),
    )
    data = models.JSONField(_("data"), default=dict, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["ticket", "id"], name="event_of_ticket"),
            models.Index(KT("data__customer"), "id", name="event_of_customer", condition=Q(ticket=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.ticket_id}"
