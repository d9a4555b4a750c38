"""Whose a ticket became, by whom and why, as sentences of its history."""

from collections.abc import Callable
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import Event
from tickets.routing import wording
from tickets.web.actors import filled


class Names(wording.Names, Protocol):
    def user(self, pk: int | None) -> str: ...

    def team(self, pk: int | None) -> str: ...


def _assigned(event: Event, names: Names) -> str:
    after = event.data.get("after")
    if reasons := event.data.get("why"):
        return _routed(event, names, wording.said(reasons, names))
    if after is None:
        return filled(_("Released by %(who)s, nobody has it now"), event)
    if event.user and event.user.pk == after:
        return filled(_("Taken by %(who)s"), event)
    return filled(_("Assigned to %(whom)s by %(who)s"), event, whom=names.user(after))


def _routed(event: Event, names: Names, why: str) -> str:
    """By a worker, or given back by whoever had it."""
    after = event.data.get("after")
    if after is not None:
        return _("Given to %(whom)s: %(why)s") % {"whom": names.user(after), "why": why}
    if event.user:
        return filled(_("Given back by %(who)s: %(why)s"), event, why=why)
    return _("Taken from %(whom)s: %(why)s") % {"whom": names.user(event.data.get("before")), "why": why}


def _unowned(event: Event, names: Names) -> str:
    minutes = event.data.get("minutes", 0)
    text = ngettext(
        "Nobody has it for over %(count)d minute: supervisors were told",
        "Nobody has it for over %(count)d minutes: supervisors were told",
        minutes,
    )
    return text % {"count": minutes}


def _team(event: Event, names: Names) -> str:
    after = event.data.get("after")
    if (reasons := event.data.get("why")) and after is not None:
        why = wording.said(reasons, names)
        return _("Moved to %(team)s: %(why)s") % {"team": names.team(after), "why": why}
    if after is None:
        return filled(_("Taken out of its team by %(who)s"), event)
    return filled(_("Moved to %(team)s by %(who)s"), event, team=names.team(after))


TELLERS: dict[str, Callable[[Event, Names], str]] = {
    Event.Kind.ASSIGNED: _assigned,
    Event.Kind.TEAM_CHANGED: _team,
    Event.Kind.UNOWNED: _unowned,
}
