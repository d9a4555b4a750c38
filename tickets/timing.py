"""Time spent on a ticket: written down by hand or by the timer of the page, summed per ticket."""

from uuid import UUID

from django.db import transaction

from helpdesk.accounts.models import User
from tickets import events
from tickets.models import Event, Ticket, TimeSpent
from tickets.models.work import DAY


class BadMinutes(ValueError):
    """Less than a minute, or more than a day."""


class NotYours(Exception):
    """A colleague takes away their own time; supervisors and admins anybody's."""


@transaction.atomic
def spend(ticket: Ticket, minutes: int, *, user: User, key: UUID, note: str = "") -> TimeSpent:
    """Write down minutes of work; the same `key` again gives the first entry. Raises BadMinutes."""
    if not 1 <= minutes <= DAY:
        raise BadMinutes
    spent, made = TimeSpent.objects.get_or_create(
        key=key,
        defaults={"ticket": ticket, "user": user, "minutes": minutes, "note": " ".join(note.split())[:200]},
    )
    if made:
        events.record(ticket, Event.Kind.TIME_SPENT, actor=user, minutes=minutes)
    return spent


@transaction.atomic
def remove(spent: TimeSpent, *, actor: User) -> None:
    """It was written down by mistake; twice is once. Raises NotYours."""
    if spent.user_id != actor.pk and not (actor.is_supervisor or actor.is_admin):
        raise NotYours
    if TimeSpent.objects.filter(pk=spent.pk).delete()[0]:
        events.record(
            spent.ticket, Event.Kind.TIME_REMOVED, actor=actor, minutes=spent.minutes, of=spent.user_id
        )
