"""Moments as they stand within a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tickets.web import times

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "today", "friday", "last_year", "soon"),
    [
        ("en", "today, 09:30", "Fri 20 Nov, 09:30", "20 Nov 2025, 09:30", "Fri 09:30"),
        ("ru", "сегодня, 09:30", "пт, 20\xa0ноября, 09:30", "20.11.2025, 09:30", "пт, 09:30"),
        ("hu", "ma, 09:30", "nov.\xa020., péntek, 09:30", "2025. nov.\xa020., 09:30", "pén, 09:30"),
    ],
)
def test_no_word_begins_with_a_capital_that_a_sentence_would_not_have(
    language, today, friday, last_year, soon
):
    with translation.override(language):
        assert times.moment(NOW, NOW) == today
        assert times.moment(NOW - timedelta(days=6), NOW) == friday
        assert times.moment(NOW.replace(year=2025, day=20), NOW) == last_year
        assert times.day_to_come(NOW + timedelta(days=1), NOW) == soon
