"""What a customer was told is kept with the ticket, so that it can be watched and measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tickets.expected import figures, forecasting, reckoning, wording
from tickets.expected.forecasting import Forecast
from tickets.expected.models import ExpectedTime
from tickets.models import Ticket


def may_be_told(ticket: Ticket, now: datetime) -> Forecast | None:
    """What may be told of the first answer; None when nothing is, or the ticket was answered already."""
    if not figures.known().settings.is_told or ticket.first_replied_at or ticket.is_finished:
        return None
    return forecasting.of(ticket, now)


def row(ticket: Ticket, forecast: Forecast, by: str, told_at: datetime) -> ExpectedTime:
    """What is kept of a forecast that a customer was told; not saved yet."""
    return ExpectedTime(
        ticket=ticket,
        by=by,
        told_at=told_at,
        low=forecast.range.low.minutes,
        high=forecast.range.high.minutes,
        count=forecast.count,
        until=forecast.until,
        check_at=forecast.check_at,
    )


def keep(told: Iterable[tuple[Ticket, Forecast]], by: str, now: datetime) -> None:
    """These customers were told this; what was told first stays. One statement."""
    rows = [row(ticket, forecast, by, now) for ticket, forecast in told]
    if rows:
        ExpectedTime.objects.bulk_create(rows, ignore_conflicts=True)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the page of a request says of the answer."""

    usually: str
    new_until: datetime | None
    """Where it takes longer, and the customer was told so."""


def on_page(ticket: Ticket, language: str, now: datetime) -> Told | None:
    """What the customer was told already, else what may be told now, which is kept; None for nothing."""
    if ticket.first_replied_at or ticket.is_finished or not figures.known().settings.is_told:
        return None
    row = ExpectedTime.objects.filter(pk=ticket.pk).first()
    if row:
        new_until = row.new_until if row.corrected_at else None
        return Told(usually=wording.usually(spread(row, ticket), language, whole=True), new_until=new_until)
    forecast = may_be_told(ticket, now)
    if forecast is None:
        return None
    keep([(ticket, forecast)], ExpectedTime.By.PAGE, now)
    return Told(usually=wording.usually(forecast.range, language, whole=True), new_until=None)


def spread(row: ExpectedTime, ticket: Ticket) -> reckoning.Range:
    """The range that was told, as it is said."""
    at = figures.known().hours.get(ticket.team_id, reckoning.ROUND)
    low, high = (reckoning.said(minutes, at.hours) for minutes in (row.low, row.high))
    return reckoning.Range(low=low, high=high)
