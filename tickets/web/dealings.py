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
    Event.Kind.CHECKLIST_CHANGED: "list-checks",
    Event.Kind.TIME_SPENT: "clock",
    Event.Kind.TIME_REMOVED: "clock",
    Event.Kind.LINKED: "link",
    Event.Kind.UNLINKED: "link",
    Event.Kind.ENQUIRY_SENT: "users",
    Event.Kind.ENQUIRY_ANSWERED: "mail",
    Event.Kind.SNOOZED: "moon",
    Event.Kind.WOKEN: "moon",
    Event.Kind.EXPORTED: "download",
    Event.Kind.PROMISE_MADE: "promise",
    Event.Kind.PROMISE_MOVED: "promise",
    Event.Kind.PROMISE_KEPT: "check",
    Event.Kind.PROMISE_WITHDRAWN: "undo",
    Event.Kind.PROMISE_LAPSED: "warning",
    Event.Kind.EXPECTED_SLIPS: "clock",
    Event.Kind.EXPECTED_CORRECTED: "mail",
    Event.Kind.PROCEDURE_BEGUN: "list-checks",
    Event.Kind.PROCEDURE_MARKED: "list-checks",
    Event.Kind.PROCEDURE_ENDED: "list-checks",
}
SAID = (Event.Kind.ENQUIRY_SENT, Event.Kind.ENQUIRY_ANSWERED)
"""They stand in the stream as messages."""
SMALL = (
    *(Event.Kind.CHECKLIST_CHANGED, Event.Kind.TIME_SPENT, Event.Kind.TIME_REMOVED),
    *(Event.Kind.PROCEDURE_BEGUN, Event.Kind.PROCEDURE_MARKED, Event.Kind.PROCEDURE_ENDED),
)
"""Told in the history alone."""
WHISPERED = [kind for kind in ICONS if kind not in (*SAID, *SMALL)]


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
        "others_wrote": _("Back: an enquiry was answered"),
    }
    return told.get(event.data.get("why", "")) or filled(_("Woken by %(who)s"), event)


def _promise(event: Event, names: object) -> str:
    until = parse_datetime(event.data.get("until") or "")
    when = times.stamp(until, event.at) if until else "?"
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


def _expected(event: Event, names: object) -> str:
    before, until = (parse_datetime(event.data.get(name) or "") for name in ("before", "until"))
    facts = {
        "before": times.stamp(before, event.at) if before else "?",
        "when": times.stamp(until, event.at) if until else "?",
    }
    if event.kind == Event.Kind.EXPECTED_SLIPS:
        return _("The customer was told %(before)s, which will probably not hold: now %(when)s") % facts
    if event.user is None:
        return _("The customer is told that it takes longer, until %(when)s") % facts
    return filled(_("The customer is told by %(who)s that it takes longer, until %(when)s"), event, **facts)


def _enquiry(event: Event, names: object) -> str:
    if event.data.get("first"):
        return filled(_("Somebody else asked by %(who)s"), event)
    return filled(_("Written on in an enquiry by %(who)s"), event)


def _linked(event: Event, names: object) -> str:
    told = {
        "part": _("Made a part of another ticket by %(who)s"),
        "whole": _("Another ticket made a part of this by %(who)s"),
        "related": _("Linked with another ticket by %(who)s"),
        "duplicate": _("Marked as a duplicate of another ticket by %(who)s"),
        "original": _("Another ticket marked as a duplicate of this by %(who)s"),
    }
    return filled(told[event.data.get("relation", "related")], event)


def _checklist(event: Event, names: object) -> str:
    told = {
        "added": _("Steps added to the checklist by %(who)s"),
        "done": _("A step of the checklist done by %(who)s"),
        "undone": _("A step of the checklist taken as not done by %(who)s"),
        "removed": _("A step of the checklist removed by %(who)s"),
    }
    return filled(told[event.data.get("what", "added")], event)


def _time(event: Event, names: object) -> str:
    spent = times.minutes(event.data.get("minutes", 0))
    if event.kind == Event.Kind.TIME_REMOVED:
        return filled(_("%(spent)s of work taken away by %(who)s"), event, spent=spent)
    return filled(_("%(spent)s of work written down by %(who)s"), event, spent=spent)


def _procedure(event: Event, names: Any) -> str:
    """With the version that was followed, which the desk can show for good."""
    what, title = event.data.get("what", ""), names.edition(event.data.get("edition"))
    told = {
        "done": _("A step of “%(title)s” done by %(who)s"),
        "undone": _("A step of “%(title)s” taken as not done by %(who)s"),
        "chosen": _("A decision of “%(title)s” made by %(who)s"),
        "left_out": _("A step of “%(title)s” left out by %(who)s"),
    }.get(what)
    if event.kind == Event.Kind.PROCEDURE_BEGUN:
        told = _("“%(title)s” followed by %(who)s")
    elif event.kind == Event.Kind.PROCEDURE_ENDED:
        as_written = event.data.get("outcome") == "done"
        told = (
            _("“%(title)s” done as written by %(who)s")
            if as_written
            else _("“%(title)s” ended otherwise than written by %(who)s")
        )
    return filled(told or "%(title)s", event, title=title)


TELLERS: dict[str, Callable[[Event, Any], str]] = {
    Event.Kind.ENQUIRY_SENT: _enquiry,
    Event.Kind.ENQUIRY_ANSWERED: lambda event, names: filled(_("Enquiry answered by %(who)s"), event),
    Event.Kind.LINKED: _linked,
    Event.Kind.UNLINKED: lambda event, names: filled(_("A link taken away by %(who)s"), event),
    Event.Kind.CHECKLIST_CHANGED: _checklist,
    Event.Kind.TIME_SPENT: _time,
    Event.Kind.TIME_REMOVED: _time,
    Event.Kind.SNOOZED: _snoozed,
    Event.Kind.WOKEN: _woken,
    Event.Kind.EXPORTED: lambda event, names: filled(_("Taken out as a file by %(who)s"), event),
    Event.Kind.EXPECTED_SLIPS: _expected,
    Event.Kind.EXPECTED_CORRECTED: _expected,
    **{kind: _promise for kind in ICONS if kind.startswith("promise_")},
    **{kind: _procedure for kind in ICONS if kind.startswith("procedure_")},
}
