"""What rules did, as sentences of a ticket's history."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import Event
from tickets.rules.actions import ACTIONS
from tickets.web.actors import filled

ICONS = {
    Event.Kind.RULE_APPLIED: "list-checks",
    Event.Kind.RULE_UNDONE: "undo",
    Event.Kind.RULES_HALTED: "warning",
    Event.Kind.AUTO_REPLIED: "reply",
}
WHISPERED = [Event.Kind.RULE_UNDONE, Event.Kind.RULES_HALTED]


def more(event: Event) -> str:
    """Where to read what a rule did, and to take it back; "" for what no rule did."""
    by = event.data.get("by_rule") if event.kind == Event.Kind.RULE_APPLIED else None
    return reverse("tickets:rule-run", args=[by["run"]]) if by else ""


def why_left(code: str) -> str:
    """Why an action was not done."""
    known = {
        "gone": _("whom it names is gone"),
        "cannot_take": _("they may not have this ticket"),
        "no_field": _("the field does not take it"),
        "nowhere": _("there is no address to write to"),
        "machine": _("a machine would have got it"),
        "bounces": _("mail to this address comes back"),
        "often": _("the customer was written to by a rule not long ago"),
        "not_on_desk": _("the ticket is not on the desk"),
        "empty": _("there is nothing to send"),
        "no_action": _("the desk cannot do this any more"),
    }
    return known.get(code, code)


def _name(event: Event) -> str:
    return str(event.data.get("by_rule", {}).get("name", "?"))


def _labels(names: Iterable[str]) -> str:
    return ", ".join(str(ACTIONS[name].label) if name in ACTIONS else name for name in names)


def _applied(event: Event, names: Any) -> str:
    did, left = event.data.get("did", []), event.data.get("left", [])
    told = _("Rule “%(name)s”: %(what)s") % {"name": _name(event), "what": _labels(did) or _("nothing done")}
    reasons = [f"{_labels([action])}: {why_left(code)}" for action, code in left]
    return f"{told}. {_('Left out')}: {'; '.join(reasons)}" if reasons else told


def _undone(event: Event, names: Any) -> str:
    what = _labels(event.data.get("did", [])) or _("nothing was left of it")
    text = _("Rule “%(name)s” taken back by %(who)s: %(what)s")
    return filled(text, event, name=_name(event), what=what)


def _halted(event: Event, names: Any) -> str:
    most = int(event.data.get("most", 0))
    text = ngettext(
        "Rules halted here for an hour: they had done %(count)d thing in the last one",
        "Rules halted here for an hour: they had done %(count)d things in the last one",
        most,
    )
    return text % {"count": most}


TELLERS: dict[str, Callable[[Event, Any], str]] = {
    Event.Kind.RULE_APPLIED: _applied,
    Event.Kind.RULE_UNDONE: _undone,
    Event.Kind.RULES_HALTED: _halted,
    Event.Kind.AUTO_REPLIED: lambda event, names: filled(_("Written to the customer by %(who)s"), event),
}
