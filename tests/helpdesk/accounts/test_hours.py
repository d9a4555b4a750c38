"""Reckoning with working hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from helpdesk.accounts.hours import ALWAYS, Hours
from helpdesk.accounts.models import Calendar, Holiday, Shift

MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(17))
OFFICE = Hours(
    zone="Europe/Budapest",  # UTC+1, in summer UTC+2
    week=dict.fromkeys(range(5), (MORNING, AFTERNOON)),
    days={date(2026, 12, 25): (), date(2026, 12, 24): ((time(9), time(11)),)},
)
NIGHT = Hours(zone="Europe/Budapest", week={6: ((time(0), time(0)),)})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-25 08:00", True),  # Wednesday 9:00 there
        ("2026-11-25 07:59", False),
        ("2026-11-25 11:00", False),  # lunch
        ("2026-11-25 12:00", True),
        ("2026-11-25 16:00", False),  # the end is not within
        ("2026-11-28 10:00", False),  # Saturday
        ("2026-07-01 07:00", True),  # summer time
        ("2026-12-25 10:00", False),  # a holiday
        ("2026-12-24 09:30", True),
        ("2026-12-24 10:30", False),
    ],
)
def test_who_is_at_work(moment, opens):
    assert OFFICE.is_open(at(moment)) is opens


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-25 08:00", "2026-11-25 09:30", 1.5),
        ("2026-11-25 10:30", "2026-11-25 12:30", 1.0),  # over lunch
        ("2026-11-27 15:00", "2026-11-30 09:00", 2.0),  # over a weekend
        ("2026-12-23 15:00", "2026-12-28 09:00", 4.0),  # over Christmas: 1 + 2 + 0 + 1
        ("2026-11-25 12:00", "2026-11-25 08:00", 0.0),
        ("2026-11-28 08:00", "2026-11-28 20:00", 0.0),
    ],
)
def test_how_much_working_time_lies_between(start, end, hours):
    assert OFFICE.between(at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-01", 24)],
)
def test_a_day_is_as_long_as_it_is(day, hours):
    start = at(f"{day} 12:00") - timedelta(days=1)
    assert NIGHT.between(start, start + timedelta(days=3)) == timedelta(hours=hours)


def test_when_work_begins_again():
    assert OFFICE.next_open(at("2026-11-25 08:30")) == at("2026-11-25 08:30")
    assert OFFICE.next_open(at("2026-11-27 18:00")) == at("2026-11-30 08:00")
    assert Hours().next_open(at("2026-11-27 18:00")) is None
    assert ALWAYS.is_open(at("2026-11-28 23:59"))


@pytest.mark.django_db
def test_a_calendar_is_read_with_its_shifts_and_holidays():
    calendar = Calendar.objects.create(name="Budapest", time_zone="Europe/Budapest")
    for starts, ends in (AFTERNOON, MORNING):
        Shift.objects.create(calendar=calendar, weekday=2, starts=starts, ends=ends)
    Holiday.objects.create(calendar=calendar, day=date(2026, 12, 23), name="Closed")
    found = calendar.hours()
    assert found.week == {2: (MORNING, AFTERNOON)}
    assert found.is_open(at("2026-11-25 08:00"))
    assert not found.is_open(at("2026-12-23 08:00"))


@pytest.mark.django_db
def test_hours_the_wrong_way_round_are_refused():
    calendar = Calendar.objects.create(name="Budapest")
    wrong = Shift(calendar=calendar, weekday=0, starts=time(17), ends=time(9))
    with pytest.raises(ValidationError):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(calendar=calendar, day=date(2026, 1, 1), starts=time(9))
