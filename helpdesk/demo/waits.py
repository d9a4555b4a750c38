"""How long customers of the shop wait: the figures of late, and what the newest of them were told."""

from dataclasses import replace
from datetime import datetime, timedelta

from tickets.expected import figures, forecasting, reckoning, sweeping, telling
from tickets.expected.models import Expectation, ExpectedTime
from tickets.models import Ticket

LATELY = timedelta(days=21)
SOON = timedelta(minutes=40)
HASTY = 5
"""Of so many one was told too short a time."""
MOST_SLIPPING = 4


def tell(now: datetime) -> None:
    """As if customers had been told what these figures say when they wrote; some of it did not hold."""
    Expectation.objects.update_or_create(pk=1, defaults={"promise_hours": 8})
    figures.recount(now)
    figures.refresh()
    asked = Ticket.objects.on_desk().filter(is_internal=False, created_at__gte=now - LATELY)
    answered = asked.filter(first_replied_at__isnull=False).order_by("id")
    waiting = asked.filter(first_replied_at=None, waiting_since__isnull=False).order_by("-id")
    rows = [_was_told(each, hasty=turn % HASTY == 0) for turn, each in enumerate(answered)]
    rows += [_waits(each, now, slips=turn < MOST_SLIPPING) for turn, each in enumerate(waiting)]
    ExpectedTime.objects.bulk_create(filter(None, rows), ignore_conflicts=True)
    sweeping.sweep(now)


def _was_told(ticket: Ticket, *, hasty: bool) -> ExpectedTime | None:
    forecast = forecasting.of(ticket, ticket.created_at)
    if forecast and hasty:
        at = figures.known().hours.get(ticket.team_id, reckoning.ROUND)
        until = reckoning.after(at, ticket.created_at, reckoning.HOUR)
        forecast = replace(forecast, until=until or forecast.until)
    return telling.row(ticket, forecast, ExpectedTime.By.RECEIPT, ticket.created_at) if forecast else None


def _waits(ticket: Ticket, now: datetime, *, slips: bool) -> ExpectedTime | None:
    forecast = forecasting.of(ticket, now)
    if forecast and slips:
        forecast = replace(forecast, until=now + SOON, check_at=now)
    return telling.row(ticket, forecast, ExpectedTime.By.RECEIPT, ticket.created_at) if forecast else None
