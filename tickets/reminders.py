"""Reminding of promises: who has to keep one before it lapses, and the supervisors once it has."""

import math
import time

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import Membership, User
from tickets import access, events, notifications, promises
from tickets.models import Event, Notification, Promise, Ticket
from tickets.models.promise import PromiseQuerySet

BATCH = 50


def sweep(*, until: float = math.inf) -> int:
    """Remind and tell of all that is due now; how many promises."""
    done = 0
    while time.monotonic() < until and (seen := remind() + tell()):
        done += seen
    return done


@transaction.atomic
def remind() -> int:
    """Who has to keep a promise is told before it lapses; up to 50 promises, how many."""
    now = timezone.now()
    due = _claimed(Promise.objects.to_remind_of(now))
    for promise in due:
        user = promises.keeper(promise)
        if user and promise.due_at > now:
            notifications.notify([user], Notification.Kind.PROMISE_DUE, ticket=promise.ticket)
    Promise.objects.filter(pk__in=[each.pk for each in due]).update(reminded_at=now)
    return len(due)


@transaction.atomic
def tell() -> int:
    """Who had to keep a promise that lapsed is told, and the supervisors; up to 50 promises, how many."""
    now = timezone.now()
    due = _claimed(Promise.objects.to_tell_of(now))
    for promise in due:
        user = promises.keeper(promise)
        told = {each.pk: each for each in (*([user] if user else []), *overseers(promise.ticket))}
        notifications.notify(told.values(), Notification.Kind.PROMISE_LATE, ticket=promise.ticket)
        until = promise.due_at.isoformat()
        events.record(promise.ticket, Event.Kind.PROMISE_LAPSED, actor=None, until=until)
    Promise.objects.filter(pk__in=[each.pk for each in due]).update(lapsed_at=now, reminded_at=now)
    return len(due)


def overseers(ticket: Ticket) -> list[User]:
    """Who hears that a promise lapsed: the team's supervisors, else any who may see it, else the admins."""
    able = access.colleagues(ticket)
    supervisors = able.filter(role=User.Role.SUPERVISOR)
    of_team = Membership.objects.filter(team=ticket.team_id).values("user")
    for found in (supervisors.filter(pk__in=of_team), supervisors, able.filter(role=User.Role.ADMIN)):
        if told := list(found):
            return told
    return []


def _claimed(found: PromiseQuerySet) -> list[Promise]:
    rows = found.select_for_update(of=("self",), skip_locked=True)
    return list(rows.select_related("ticket__assignee", "ticket__team", "made_by").order_by("due_at")[:BATCH])
