"""What colleagues do with a ticket besides answering it, as sentences of its history."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.models import Event
from tickets.web import times
from tickets.web.actors import filled

ICONS = {
    Event.Kind.SNOOZED: "moon",
    Event.Kind.WOKEN: "moon",
    Event.Kind.PROMISE_MADE: "promise",
    Event.Kind.PROMISE_MOVED: "promise",
    Event.Kind.PROMISE_KEPT: "check",
    Event.Kind.PROMISE_WITHDRAWN: "undo",
    Event.Kind.PROMISE_LAPSED: "warning",
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


def _stamp(value: datetime, now: datetime) -> str:
    """When, for a line that is read long after: "Fri 20 Nov, 17:42"."""
    local, here = timezone.localtime(value), timezone.localtime(now)
    return f"{date_format(local, _('D j M') if local.year == here.year else _('j M Y'))}, {local:%H:%M}"


def _promise(event: Event, names: object) -> str:
    until = parse_datetime(event.data.get("until") or "")
    when = _stamp(until, event.at) if until else "?"
    told = {
        Event.Kind.PROMISE_MADE: _("An answer by %(when)s promised by %(who)s"),
        Event.Kind.PROMISE_MOVED: _("Promise moved to %(when)s by %(who)s"),
        Event.Kind.PROMISE_KEPT: _("Promise for %(when)s kept by %(who)s"),
        Event.Kind.PROMISE_WITHDRAWN: _("Promise for %(when)s taken back by %(who)s"),
        Event.Kind.PROMISE_LAPSED: _("The promise for %(when)s lapsed"),
    }[Event.Kind(event.kind)]
    if event.kind == Event.Kind.PROMISE_KEPT and event.data.get("in_time") is False:
        told = _("Promise for %(when)s kept late by %(who)s")
    return filled(told, event, when=when)


TELLERS: dict[str, Callable[[Event, Any], str]] = {
    Event.Kind.SNOOZED: _snoozed,
    Event.Kind.WOKEN: _woken,
    **{kind: _promise for kind in ICONS if kind.startswith("promise_")},
}
