"""Colleagues are told of a ticket, or are to watch it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.accounts.models import User
from tickets import access, escalating, notifications, watching
from tickets.events import Actor
from tickets.models import Notification, Ticket, Watch
from tickets.rules.actions.registry import Action, Doing, Left, register
from tickets.rules.conditions import Nonsense

HOLDER, SUPERVISORS, ADMINS = "assignee", "supervisors", "admins"
SIDES = (HOLDER, SUPERVISORS, ADMINS)
"""Who is told, besides "user:3" and "team:2"."""


def _somebody(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise Nonsense(_("Choose a colleague."))
    return value


def _told(value: Any) -> list[str]:
    given = list(dict.fromkeys(map(str, value))) if isinstance(value, list) else []
    known = [each for each in given if each in SIDES or _is_named(each)]
    if not known or known != given:
        raise Nonsense(_("Choose who is told."))
    return known


def _is_named(who: str) -> bool:
    sort, _colon, pk = who.partition(":")
    return sort in ("user", "team") and pk.isascii() and pk.isdecimal()


def _watch(doing: Doing, value: int) -> tuple[Any, Any]:
    user = User.objects.people().at_work().filter(pk=value).first()
    if user is None:
        raise Left("gone")
    before = Watch.objects.filter(ticket=doing.ticket, user=user).exists()
    watching.watch(doing.ticket, user)
    return (value if before else None), value


def _watch_back(ticket: Ticket, before: Any, after: Any, actor: Actor) -> bool:
    user = User.objects.filter(pk=after).first()
    if before is not None or user is None:
        return False
    watching.leave(ticket, user)
    return True


def _always(value: Any) -> bool:
    return True


def _escalate(doing: Doing, value: bool) -> tuple[Any, Any]:
    """Before and after are when it was shown, as text: taken back is this showing alone."""
    before = doing.ticket.escalated_at
    escalating.escalate(doing.ticket, actor=None)
    after = Ticket.objects.values_list("escalated_at", flat=True).get(pk=doing.ticket.pk)
    return before and before.isoformat(), after and after.isoformat()


def _escalate_back(ticket: Ticket, before: Any, after: Any, actor: Actor) -> bool:
    return before is None and escalating.take_back(ticket, datetime.fromisoformat(after))


def _notify(doing: Doing, value: list[str]) -> tuple[Any, Any]:
    people = {user.pk: user for who in value for user in _meant(who, doing.ticket)}
    if not people:
        raise Left("gone")
    told = notifications.notify(people.values(), Notification.Kind.RULE, ticket=doing.ticket)
    return None, sorted(user.pk for user in told)


def _meant(who: str, ticket: Ticket) -> list[User]:
    """Those who work here and may see the ticket."""
    seeing = access.colleagues(ticket).filter(is_program=False)
    sort, _colon, pk = who.partition(":")
    if who == HOLDER:
        return list(seeing.filter(pk=ticket.assignee_id or 0))
    if who == ADMINS:
        return list(seeing.filter(role=User.Role.ADMIN))
    if who == SUPERVISORS:
        return list(seeing.filter(role=User.Role.SUPERVISOR))
    return list(seeing.filter(**{"teams" if sort == "team" else "pk": int(pk)}).distinct())


register(
    Action(
        name="watch",
        label=gettext_lazy("Have somebody watch it"),
        icon="eye",
        sound=_somebody,
        do=_watch,
        back=_watch_back,
    )
)
register(
    Action(
        name="escalate",
        label=gettext_lazy("Show it to the supervisors"),
        icon="users",
        sound=_always,
        do=_escalate,
        back=_escalate_back,
    )
)
register(Action(name="notify", label=gettext_lazy("Tell colleagues"), icon="bell", sound=_told, do=_notify))
