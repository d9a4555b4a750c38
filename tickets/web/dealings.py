"""What colleagues do with a ticket besides answering it, as sentences of its history."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tickets.models import Event
from tickets.web import times
from tickets.web.actors import filled

ICONS = {
    Event.Kind.SNOOZED: "moon",
    Event.Kind.WOKEN: "moon",
}
WHISPERED = [*ICONS]


def _snoozed(event: Event, names: object) -> str:
    until = parse_datetime(event.data.get("until") or "")
    if until is None:
        return filled(_("Snoozed until the customer answers, by %(who)s"), event)
    when = times.moment(until, timezone.now())
    return filled(_("Snoozed until %(when)s by %(who)s"), event, when=when)


def _woken(event: Event, names: object) -> str:
    told = {
        "time": _("Back: its time has come"),
        "customer_wrote": _("Back: the customer wrote"),
    }
    return told.get(event.data.get("why", "")) or filled(_("Woken by %(who)s"), event)


TELLERS: dict[str, Callable[[Event, Any], str]] = {
    Event.Kind.SNOOZED: _snoozed,
    Event.Kind.WOKEN: _woken,
}
