"""What was told and will not hold is found before it passes; what was answered meanwhile is settled."""

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q

from tickets import addressing, events, notifications, reminders
from tickets.expected import correcting, figures, forecasting, reckoning
from tickets.expected.models import ExpectedTime
from tickets.models import Event, Notification, Ticket

BATCH = 100
Outcome = ExpectedTime.Outcome
log = structlog.get_logger(__name__)


def sweep(now: datetime) -> int:
    """Settle what is settled, and note what will not hold; how many tickets were noted."""
    settle(now)
    noted = 0
    while found := _note(now):
        noted += len(found)
        if figures.known().settings.corrects_itself:
            for ticket in found:
                _correct(ticket)
        if len(found) < BATCH:
            break
    return noted


def settle(now: datetime) -> None:
    """Answered in time or later; or nobody waits any more, without an answer. Touches open rows alone."""
    told = ExpectedTime.objects.open()
    answered = Ticket.objects.filter(first_replied_at__isnull=False, expected__outcome="")
    for pk, at, until in answered.values_list("pk", "first_replied_at", "expected__until"):
        outcome = Outcome.KEPT if at and at <= until else Outcome.LATE
        told.filter(pk=pk).update(outcome=outcome, settled_at=at)
    over = Q(ticket__status__in=[Ticket.Status.RESOLVED, Ticket.Status.CLOSED]) | ~Q(ticket__folder="desk")
    gone = Q(pk__in=told.filter(over, ticket__first_replied_at=None).values("pk"))
    ExpectedTime.objects.filter(gone).update(outcome=Outcome.VOID, settled_at=now)


@transaction.atomic
def _note(now: datetime) -> list[Ticket]:
    due = ExpectedTime.objects.open().filter(slips_at=None, check_at__lte=now).order_by("check_at")
    pks = list(due.values_list("pk", flat=True)[:BATCH])
    locked = Ticket.objects.filter(pk__in=pks).select_for_update(of=("self",), skip_locked=True)
    tickets = list(locked.select_related("assignee", "team").order_by("pk"))
    rows = ExpectedTime.objects.open().filter(slips_at=None).in_bulk([each.pk for each in tickets])
    noted = [each for each in tickets if each.pk in rows and not each.first_replied_at]
    for ticket in noted:
        row = rows[ticket.pk]
        row.slips_at, row.new_until = now, _new_time(ticket, row, now)
        row.save(update_fields=["slips_at", "new_until"])
        until, to = row.until.isoformat(), row.new_until.isoformat()
        events.record(ticket, Event.Kind.EXPECTED_SLIPS, actor=None, before=until, until=to)
        told = [ticket.assignee] if ticket.assignee else reminders.overseers(ticket)
        notifications.notify(told, Notification.Kind.EXPECTED_LATE, ticket=ticket)
    return noted


def _new_time(ticket: Ticket, row: ExpectedTime, now: datetime) -> datetime:
    """What is told now, but later than what was told; else half as long again."""
    forecast = forecasting.of(ticket, now)
    if forecast and forecast.until > row.until:
        return forecast.until
    at = figures.known().hours.get(ticket.team_id, reckoning.ROUND)
    more = max(reckoning.HOUR, row.high // 2)
    return reckoning.after(at, max(row.until, now), more) or row.until


def _correct(ticket: Ticket) -> None:
    try:
        correcting.correct(ticket, actor=None)
    except (correcting.NothingToSay, addressing.NowhereToSend) as refusal:
        log.info("expected.not_told", ticket=ticket.pk, why=type(refusal).__name__)
