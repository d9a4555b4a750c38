"""Who was available and gives no sign any more is away, until they are back. Nobody has to say so.

A sign is a page that is open, a request of a browser, so also what is written and saved, or one of a program
in their name. All of them are in the database: with Valkey emptied nobody is taken for gone.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Max

from helpdesk.accounts.models import Membership, Token
from tickets import availability
from tickets.models import Availability

State = Availability.State


def seen(user_id: int, now: datetime) -> None:
    """A page of theirs is open; told at its opening and every minute."""
    if Availability.objects.filter(pk=user_id).update(seen_at=now):
        _back(user_id)


def sweep(now: datetime) -> int:
    """Who has been silent for longer than their teams allow is away, who is back available; how many."""
    return _leave(now) + _return()


def _leave(now: datetime) -> int:
    limits = _limits()
    rows = Availability.objects.filter(pk__in=limits, state=State.AVAILABLE)
    silent = {
        row.pk: now - timedelta(minutes=limits[row.pk])
        for row in rows
        if max(row.since, row.seen_at or row.since) <= now - timedelta(minutes=limits[row.pk])
    }
    signs = _signs(silent)
    return sum(_gone(pk, since) for pk, since in silent.items() if pk not in signs or signs[pk] <= since)


def _return() -> int:
    gone = dict(Availability.objects.filter(state=State.AWAY, by_itself=True).values_list("pk", "since"))
    signs = _signs(gone)
    return sum(_back(pk) for pk, since in gone.items() if pk in signs and signs[pk] > since)


def _limits() -> dict[int, int]:
    """Colleague → the most minutes that a team of theirs allows; without those of teams that never ask."""
    asked = Membership.objects.filter(team__routing__silent_minutes__gt=0, user__is_active=True)
    most = asked.values("user").annotate(most=Max("team__routing__silent_minutes"))
    return dict(most.values_list("user", "most"))


def _signs(users: Collection[int]) -> dict[int, datetime]:
    """When a browser or a program last asked for something in their name, for those of whom it is known."""
    if not users:
        return {}
    found: dict[int, datetime] = {}
    sessions = UserSession.objects.filter(user__in=users).values("user").annotate(last=Max("last_seen_at"))
    tokens = Token.objects.filter(user__in=users, last_used_at__isnull=False)
    used = tokens.values("user").annotate(last=Max("last_used_at"))
    for user, last in [*sessions.values_list("user", "last"), *used.values_list("user", "last")]:
        found[user] = max(last, found.get(user, last))
    return found


@transaction.atomic
def _gone(user_id: int, since: datetime) -> bool:
    """Asked again under lock: they may have said something meanwhile."""
    row = _locked(user_id, State.AVAILABLE)
    if row is None or max(row.since, row.seen_at or row.since) > since:
        return False
    availability.be(row.user, State.AWAY, actor=None, by_itself=True)
    return True


@transaction.atomic
def _back(user_id: int) -> bool:
    row = _locked(user_id, State.AWAY)
    if row is None or not row.by_itself or not row.user.is_active:
        return False
    availability.be(row.user, State.AVAILABLE, actor=None)
    return True


def _locked(user_id: int, state: str) -> Availability | None:
    rows = Availability.objects.select_for_update(of=("self",)).select_related("user")
    return rows.filter(pk=user_id, state=state).first()
