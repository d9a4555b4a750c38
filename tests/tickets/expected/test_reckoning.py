"""From figures to what is said: tables."""

from datetime import UTC, datetime, time

import pytest

from helpdesk.accounts.hours import ALWAYS, Hours
from tickets.expected import reckoning, wording
from tickets.expected.reckoning import Figures, Length, Range

OFFICE = Hours(week={day: ((time(9), time(12)), (time(13), time(17))) for day in range(5)})  # 7 h a day


@pytest.mark.parametrize(
    ("minutes", "hours", "told"),
    [
        (10, ALWAYS, (10, "minutes")),
        (112, ALWAYS, (1, "hours")),
        (20, OFFICE, (15, "minutes")),
        (500, OFFICE, (8, "hours")),
        (900, OFFICE, (2, "days")),
    ],
)
def test_a_promise_is_rounded_down_and_told_again_as_it_was(minutes, hours, told):
    spread = reckoning.shortened(reckoning.within(5000, hours), minutes, hours)
    assert spread.low == spread.high == reckoning.said(spread.high.minutes, hours)
    assert (spread.high.count, spread.high.unit) == told
    assert spread.high.minutes <= minutes


@pytest.mark.parametrize(
    ("minutes", "hours", "told"),
    [
        (1, ALWAYS, (15, "minutes")),
        (16, ALWAYS, (30, "minutes")),
        (31, ALWAYS, (1, "hours")),
        (150, ALWAYS, (3, "hours")),
        (480, ALWAYS, (8, "hours")),
        (481, ALWAYS, (1, "days")),
        (24 * 60 + 1, ALWAYS, (2, "days")),
        (1, OFFICE, (1, "hours")),
        (300, OFFICE, (6, "hours")),
        (481, OFFICE, (2, "days")),
    ],
)
def test_lengths_are_rounded_up_to_what_people_say(minutes, hours, told):
    found = reckoning.length(minutes, hours)
    assert (found.count, found.unit) == told
    assert found.minutes >= minutes
    assert found.is_working is (hours is OFFICE)


@pytest.mark.parametrize(
    ("queue", "low", "high"),
    [(0, 60, 180), (170, 120, 180), (230, 120, 240), (1000, 7 * 60 * 2, 7 * 60 * 3)],
)
def test_a_long_queue_makes_it_longer_and_a_short_one_changes_nothing(queue, low, high):
    found = reckoning.expected(Figures(count=40, median=50, most=170, queue=queue), OFFICE)
    assert (found.low.minutes, found.high.minutes) == (low, high)


def test_the_narrowest_cell_with_enough_to_go_by():
    known = {"narrow": Figures(count=4, median=1, most=1), "wide": Figures(count=20, median=9, most=9)}
    assert reckoning.choose(known, ["narrow", "missing", "wide"], 20) == known["wide"]
    assert reckoning.choose(known, ["narrow", "wide"], 21) is None


def test_percentiles_are_of_the_nearest_rank():
    assert [reckoning.percentile(range(1, 11), share) for share in (0.5, 0.9, 1)] == [5, 9, 10]
    assert reckoning.percentile([7], 0.9) == 7


def of(count: int, unit: str, *, low: int = 0, working: bool = True) -> Range:
    lengths = [
        Length(unit=unit, count=each, minutes=each, is_working=working) for each in (low or count, count)
    ]
    return Range(low=lengths[0], high=lengths[1])


@pytest.mark.parametrize(
    ("spread", "language", "said"),
    [
        (of(3, "hours"), "en", "usually within 3 working hours"),
        (of(1, "hours"), "en", "usually within 1 working hour"),
        (of(3, "hours", low=1), "en-GB", "usually within 1 to 3 working hours"),
        (of(30, "minutes", working=False), "en", "usually within 30 minutes"),
        (of(1, "hours"), "ru", "обычно в течение 1 рабочего часа"),
        (of(3, "hours"), "ru", "обычно в течение 3 рабочих часов"),
        (of(21, "days", working=False), "ru", "обычно в течение 21 дня"),
        (of(11, "days", working=False), "ru", "обычно в течение 11 дней"),
        (of(3, "days", low=2), "ru", "обычно в течение 2–3 рабочих дней"),
        (of(3, "hours"), "hu", "rendszerint 3 munkaórán belül"),
        (of(2, "days", low=1, working=False), "hu", "rendszerint 1–2 napon belül"),
        (of(2, "days"), "de", "usually within 2 working days"),
    ],
)
def test_it_is_said_in_the_readers_language(spread, language, said):
    assert wording.usually(spread, language, whole=True) == said


def test_both_ends_are_said_only_where_they_fit_together():
    assert wording.usually(of(3, "hours", low=1), "en") == "usually within 3 working hours"
    days, hours = of(2, "days").high, of(3, "hours").high
    assert wording.usually(Range(low=hours, high=days), "en", whole=True) == "usually within 2 working days"


def test_after_so_much_work():
    monday = datetime(2026, 11, 23, 16, tzinfo=UTC)
    from_now = reckoning.after(reckoning.Calendar(OFFICE), monday, 120)
    assert from_now == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert reckoning.after(reckoning.Calendar(Hours()), monday, 1) is None


def test_what_spans_cover_together():
    at = [datetime(2026, 11, 2, hour, tzinfo=UTC) for hour in range(10)]
    spans = [(at[5], at[6]), (at[1], at[3]), (at[2], at[4]), (at[2], at[3]), (at[4], at[4])]
    assert reckoning.stretches(spans) == [(at[1], at[4]), (at[5], at[6])]
    assert reckoning.stretches([]) == []
