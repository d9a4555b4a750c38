"""Working time with pauses: when so much of it has passed. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from helpdesk.accounts.hours import ALWAYS, Hours
from tickets.sla.calendar import Calendar, running

BUDAPEST = ZoneInfo("Europe/Budapest")
NINE_TO_FIVE = ((time(9), time(12)), (time(13), time(17)))
OFFICE = Calendar(
    Hours(
        zone="Europe/Budapest",
        week=dict.fromkeys(range(5), NINE_TO_FIVE),
        days={
            datetime(2026, 12, 25).date(): (),
            datetime(2026, 12, 24).date(): ((time(9), time(12)),),
        },
    )
)
NIGHT = Calendar(Hours(zone="Europe/Budapest", week=dict.fromkeys(range(7), ((time(0), time(6)),))))
AROUND = Calendar(ALWAYS)


def at(said: str) -> datetime:
    """A moment of the clock on the wall in Budapest."""
    return datetime.fromisoformat(f"2026-{said}").replace(tzinfo=BUDAPEST)


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "due"),
    [
        pytest.param(OFFICE, "11-25 09:00", 2, "11-25 11:00", id="within a shift"),
        pytest.param(OFFICE, "11-25 11:00", 2, "11-25 14:00", id="over lunch"),
        pytest.param(OFFICE, "11-25 12:30", 1, "11-25 14:00", id="begins at lunch"),
        pytest.param(OFFICE, "11-25 09:00", 7, "11-25 17:00", id="a whole day ends with it"),
        pytest.param(OFFICE, "11-25 16:00", 2, "11-26 10:00", id="over night"),
        pytest.param(OFFICE, "11-27 16:00", 2, "11-30 10:00", id="over the weekend"),
        pytest.param(OFFICE, "11-28 12:00", 1, "11-30 10:00", id="begins on a Saturday"),
        pytest.param(OFFICE, "12-24 11:00", 2, "12-28 10:00", id="a short day and a holiday"),
        pytest.param(OFFICE, "03-27 16:00", 2, "03-30 10:00", id="shifts stay where they are in spring"),
        pytest.param(OFFICE, "10-23 16:00", 2, "10-26 10:00", id="and in autumn"),
        pytest.param(NIGHT, "03-29 00:00", 5, "03-29 06:00", id="a night of 23 hours"),
        pytest.param(NIGHT, "10-25 00:00", 5, "10-25 04:00", id="a night of 25 hours"),
        pytest.param(AROUND, "03-28 12:00", 24, "03-29 13:00", id="round the clock into summer"),
        pytest.param(AROUND, "10-24 12:00", 24, "10-25 11:00", id="round the clock into winter"),
    ],
)
def test_when_it_is_due(calendar, start, hours, due):
    found = calendar.due_at(at(start), timedelta(hours=hours))
    assert found == at(due).astimezone(UTC)
    assert calendar.used(at(start), found) == timedelta(hours=hours), "there and back"


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        pytest.param([("11-25 10:00", "11-25 11:00")], "11-25 15:00", id="an hour"),
        pytest.param([("11-25 10:00", "11-26 09:00")], "11-26 12:00", id="over night"),
        pytest.param([("11-25 08:00", "11-25 09:30")], "11-25 14:30", id="over before and a little after"),
        pytest.param([("11-24 08:00", "11-24 09:30")], "11-25 14:00", id="over before it began"),
        pytest.param(
            [("11-25 10:00", "11-25 11:00"), ("11-25 10:30", "11-25 11:30")], "11-25 15:30", id="overlap"
        ),
        pytest.param([("11-25 12:15", "11-25 12:45")], "11-25 14:00", id="at lunch it costs nothing"),
        pytest.param([("11-25 10:00", None)], None, id="paused still"),
        pytest.param([("11-25 15:00", None)], "11-25 14:00", id="paused when it was over"),
    ],
)
def test_pauses_do_not_count(pauses, due):
    stood = [(at(begins), at(ends) if ends else None) for begins, ends in pauses]
    found = OFFICE.due_at(at("11-25 09:00"), timedelta(hours=4), stood)
    assert found == (at(due) if due else None)


def test_where_nobody_works_nothing_is_ever_due():
    assert Calendar(Hours()).due_at(at("11-25 09:00"), timedelta(minutes=1)) is None


def test_time_is_used_up_to_a_pause():
    used = OFFICE.used(at("11-25 09:00"), at("11-27 12:00"), [(at("11-25 11:00"), None)])
    assert used == timedelta(hours=2)
    assert OFFICE.used(at("11-26 09:00"), at("11-25 09:00")) == timedelta()


def test_what_runs_between_pauses():
    stood = [(at("11-25 10:00"), at("11-25 11:00"))]
    assert list(running(at("11-25 09:00"), stood)) == [
        (at("11-25 09:00"), at("11-25 10:00")),
        (at("11-25 11:00"), None),
    ]
