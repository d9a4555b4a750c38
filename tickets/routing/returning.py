"""Tickets that lose their colleague: handed back, or left by somebody who is away or works here no more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import assignment, lifecycle
from tickets.models import Availability, HandBack, TeamRouting, Ticket

BATCH = 100


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
