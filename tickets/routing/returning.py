"""Tickets that lose their colleague: handed back, or left by somebody who is away; and what nobody has."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from helpdesk.accounts.hours import Hours
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import assignment, events, lifecycle, notifications, orders, reminders
from tickets.models import Availability, Event, HandBack, Notification, TeamRouting, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.routing import staff

BATCH = 100
ONE_BY_ONE = 5
"""So many tickets of a team that nobody has are told of at a time; the page shows them all."""
UNOWNED_MINUTES = 60
"""For teams that say nothing else, and tickets without one."""


class NotTheirs(Exception):
    """Somebody else has the ticket, or nobody."""


@transaction.atomic
def hand_back(ticket: Ticket, *, actor: User, reason: str) -> Ticket:
    """The colleague who has it gives it back to the team; it is not given to them again.

    Raises NotTheirs; ValueError for what is no reason.
    """
    why = HandBack.Reason(reason)
    ticket = lifecycle.lock(ticket)
    if ticket.assignee_id != actor.pk:
        raise NotTheirs(str(ticket))
    HandBack.objects.update_or_create(
        ticket=ticket, user=actor, defaults={"reason": why, "at": timezone.now()}
    )
    ticket = assignment.assign(ticket, None, actor=actor, why=[{"code": "handed_back", "reason": why}])
    wake("routing")
    return ticket


def take_back(now: datetime) -> int:
    """Release the waiting tickets of those who left, or are away for longer than their team allows."""
    found = Ticket.objects.held().filter(_left() | _absent(now)).order_by("id")
    pks = list(found.values_list("pk", flat=True)[:BATCH])
    return sum(_release(pk, now) for pk in pks)


def alarm(now: datetime) -> int:
    """Tell supervisors of waiting tickets that nobody has for too long, each once; how many tickets.

    "Too long" is counted in the working hours of the team.
    """
    teams = list(TeamRouting.objects.all())
    hours = staff.calendars(each.calendar_id for each in teams)
    told = sum(_alarm(each.team_id, each.unowned_minutes, hours[each.calendar_id], now) for each in teams)
    others = {each.team_id for each in teams}
    return told + _alarm_of(_not_of(others), UNOWNED_MINUTES, hours[None], now)


def _left() -> Q:
    return Q(assignee__is_active=False)


def _absent(now: datetime) -> Q:
    """Away for as long as a team allows; a pause is none."""
    rule = Q(pk__in=[])
    limits = TeamRouting.objects.filter(absent_minutes__gt=0)
    for team, minutes in limits.values_list("team", "absent_minutes"):
        gone = now - timedelta(minutes=minutes)
        away = Availability.objects.filter(state=Availability.State.AWAY, since__lte=gone).values("pk")
        rule |= Q(team=team, assignee__in=away)
    return rule


@transaction.atomic
def _release(pk: int, now: datetime) -> bool:
    """Asked again under lock: it may have been answered, or its colleague may be back."""
    still = Ticket.objects.held().filter(_left() | _absent(now), pk=pk)
    ticket = still.select_for_update(of=("self",), skip_locked=True).select_related("assignee").first()
    if ticket is None or ticket.assignee is None:
        return False
    code = "absent" if ticket.assignee.is_active else "left"
    assignment.assign(ticket, None, actor=None, why=[{"code": code}])
    return True


def _alarm(team: int, minutes: int, hours: Hours, now: datetime) -> int:
    return _alarm_of(Ticket.objects.filter(team=team), minutes, hours, now) if minutes else 0


def _not_of(teams: Iterable[int]) -> TicketQuerySet:
    return Ticket.objects.filter(Q(team=None) | ~Q(team__in=list(teams)))


@transaction.atomic
def _alarm_of(found: TicketQuerySet, minutes: int, hours: Hours, now: datetime) -> int:
    since = OuterRef("waiting_since")
    told = Event.objects.filter(ticket=OuterRef("pk"), kind=Event.Kind.UNOWNED, at__gte=since)
    limit = timedelta(minutes=minutes)
    late = found.unowned().filter(~Exists(told), waiting_since__lte=now - limit)
    rows = late.select_for_update(of=("self",), skip_locked=True).select_related("team")
    page = orders.named("urgent").sort(rows)[:BATCH]
    due = [each for each in page if each.waiting_since and hours.between(each.waiting_since, now) >= limit]
    for ticket in due:
        events.record(ticket, Event.Kind.UNOWNED, actor=None, minutes=minutes)
    for ticket in due[:ONE_BY_ONE]:
        notifications.notify(reminders.overseers(ticket), Notification.Kind.UNOWNED, ticket=ticket)
    return len(due)
