"""What happens on a ticket, as it sets rules off."""

from django.utils.translation import gettext_lazy as _

from tickets.models import Event
from tickets.rules.triggers.registry import register

Kind = Event.Kind


def _is_ours(event: Event) -> bool:
    """Not a ticket that a customer's message opens: the message tells of that."""
    return event.customer_id is None


def _opens(event: Event) -> bool:
    return _is_ours(event) if event.kind == Kind.TICKET_OPENED else bool(event.data.get("opens"))


def _is_further(event: Event) -> bool:
    return not event.data.get("opens")


def _is_anew(event: Event) -> bool:
    """A verdict of the desk on a new ticket is part of its coming in."""
    return "confidence" not in event.data


register("opened", _("A ticket comes in"), kinds=[Kind.MESSAGE_RECEIVED, Kind.TICKET_OPENED], holds=_opens)
register("customer_wrote", _("The customer writes again"), kinds=[Kind.MESSAGE_RECEIVED], holds=_is_further)
register("reply_sent", _("A colleague replies"), kinds=[Kind.REPLY_SENT])
register("note_added", _("A note is added"), kinds=[Kind.NOTE_ADDED])
register("status_changed", _("The status changes"), kinds=[Kind.STATUS_CHANGED])
register("assigned", _("It is assigned, or released"), kinds=[Kind.ASSIGNED])
register("team_changed", _("The team changes"), kinds=[Kind.TEAM_CHANGED])
register("tags_changed", _("Tags change"), kinds=[Kind.TAGS_CHANGED])
register("kind_changed", _("The kind is corrected"), kinds=[Kind.KIND_CHANGED], holds=_is_anew)
register("priority_changed", _("The priority changes"), kinds=[Kind.PRIORITY_CHANGED])
register("custom_changed", _("A field changes"), kinds=[Kind.CUSTOM_CHANGED])
register("promise_made", _("Something is promised"), kinds=[Kind.PROMISE_MADE, Kind.PROMISE_MOVED])
register("promise_lapsed", _("A promise has lapsed"), kinds=[Kind.PROMISE_LAPSED])
register("unowned", _("Nobody has had it for too long"), kinds=[Kind.UNOWNED])
register("rated", _("A customer rated"), kinds=[Kind.RATED])
register("woken", _("A snoozed ticket is back"), kinds=[Kind.WOKEN])
register("enquiry_answered", _("Somebody else answers an enquiry"), kinds=[Kind.ENQUIRY_ANSWERED])
register("delivery_failed", _("A reply could not be delivered"), kinds=[Kind.DELIVERY_FAILED])
register("sla_warned", _("A target of the SLA is near"), kinds=["sla_warned"])
register("sla_breached", _("A target of the SLA is missed"), kinds=["sla_breached"])
