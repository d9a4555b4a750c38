"""What sets a rule off: kinds of events under the names that admins know.

Other parts of the desk `register` theirs. One whose events nobody tells is not offered.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Event

Kind = Event.Kind
Told = Mapping[str, Any]
"""The data of an event."""


@dataclass(frozen=True, kw_only=True)
class Trigger:
    name: str
    label: str | Promise
    kinds: tuple[str, ...]
    holds: Callable[[Event], bool]

    def fits(self, event: Event) -> bool:
        """Whether this event sets it off."""
        return event.kind in self.kinds and self.holds(event)


TRIGGERS: dict[str, Trigger] = {}


def register(
    name: str,
    label: str | Promise,
    *,
    kinds: Iterable[str],
    holds: Callable[[Event], bool] = lambda event: True,
) -> None:
    """From now on rules may be set off by events of these kinds for which `holds`."""
    TRIGGERS[name] = Trigger(name=name, label=label, kinds=tuple(kinds), holds=holds)


def offered() -> list[Trigger]:
    """Those that can happen at this desk, in the order of their registering."""
    told = set(Kind.values)
    return [each for each in TRIGGERS.values() if told.intersection(each.kinds)]


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
register("woken", _("A snoozed ticket is back"), kinds=[Kind.WOKEN])
register("enquiry_answered", _("Somebody else answers an enquiry"), kinds=[Kind.ENQUIRY_ANSWERED])
register("delivery_failed", _("A reply could not be delivered"), kinds=[Kind.DELIVERY_FAILED])
register("sla_warned", _("A target of the SLA is near"), kinds=["sla_warned"])
register("sla_breached", _("A target of the SLA is missed"), kinds=["sla_breached"])
