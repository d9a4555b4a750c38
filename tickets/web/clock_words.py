"""Due times in words: what runs out, and what became of it in a ticket's history."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tickets.models import Event
from tickets.models.sla import Target
from tickets.web import times

ICONS = {
    Event.Kind.SLA_WARNED: "clock",
    Event.Kind.SLA_BREACHED: "warning",
    Event.Kind.SLA_ESCALATED: "warning",
}
WHISPERED = [*ICONS]
TARGETS = {
    Target.FIRST_REPLY: pgettext_lazy("what is due", "First reply"),
    Target.NEXT_REPLY: pgettext_lazy("what is due", "Next reply"),
    Target.RESOLUTION: pgettext_lazy("what is due", "Resolution"),
}


def target(name: str) -> str:
    return str(TARGETS[Target(name)]) if name in Target.values else name


def length(span: timedelta) -> str:
    """Of working time: "45 min", "3 h 20 min"; a part of a minute is none."""
    return times.minutes(int(span.total_seconds() // 60))


def _crossed(event: Event, names: object) -> str:
    told = {
        Event.Kind.SLA_WARNED: _("%(what)s is due soon: %(when)s"),
        Event.Kind.SLA_BREACHED: _("%(what)s is overdue since %(when)s"),
        Event.Kind.SLA_ESCALATED: _("%(what)s is overdue for long, since %(when)s"),
    }[Event.Kind(event.kind)]
    due = parse_datetime(event.data.get("due") or "")
    when = times.moment(due, timezone.now()) if due else "?"
    said = told % {"what": target(event.data.get("target", "")), "when": when}
    return _("%(said)s (noted later, nobody was told)") % {"said": said} if event.data.get("noted") else said


TELLERS: dict[str, Callable[[Event, object], str]] = dict.fromkeys(ICONS, _crossed)
