"""Working hours as people write them. Pure."""

from datetime import date, time

import pytest

from tickets.sla import hours_text

MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(17, 30))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("", [], id="nobody works"),
        pytest.param("9:00-12:00, 13:00-17:30", [MORNING, AFTERNOON], id="two shifts"),
        pytest.param("13.00 – 17.30, 09.00–12.00", [MORNING, AFTERNOON], id="any order, points and dashes"),
        pytest.param("9-12; 13-17:30", [MORNING, AFTERNOON], id="as people write them"),
        pytest.param("0:00-24:00", [(time(0), time(0))], id="the whole day"),
    ],
)
def test_a_day(text, read):
    assert hours_text.spans(text) == read
    assert hours_text.spans(hours_text.spans_written(read)) == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12:00-9:00", hours_text.Backwards),
        ("22-6", hours_text.Backwards),
        ("9:00-12:00, 11:00-13:00", hours_text.Overlapping),
        ("25:00-26:00", hours_text.Unreadable),
        ("9:0-12", hours_text.Unreadable),
        ("always", hours_text.Unreadable),
    ],
)
def test_what_is_no_day(text, why):
    with pytest.raises(why):
        hours_text.spans(text)


def test_days_that_differ():
    text = "2026-12-25 Christmas\n\n2026-12-24 9:00-12:00 Christmas Eve\n2026-08-20"
    read = [
        (date(2026, 8, 20), None, ""),
        (date(2026, 12, 24), MORNING, "Christmas Eve"),
        (date(2026, 12, 25), None, "Christmas"),
    ]
    assert hours_text.days(text) == read
    assert hours_text.days(hours_text.days_written(read)) == read
    assert hours_text.days("25.12.2026 Christmas\n2026. 8. 20.") == [read[0], read[2]]
    for several in ("2026-12-24 9:00-12:00, 13:00-15:00", "2026-12-24 9:00-12:00 13:00-15:00"):
        with pytest.raises(hours_text.Several):
            hours_text.days(several)
    for wrong in ("32.12.2026", "tomorrow", "2026-02-30 x", "2026-12-24 12:00-9:00"):
        with pytest.raises(hours_text.Unreadable):
            hours_text.days(wrong)
