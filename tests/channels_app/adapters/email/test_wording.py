"""Words of our letters: what we write around a quotation, we fold when it comes back."""

from datetime import UTC, datetime

import pytest

from channels_app.adapters.email import quoting, wording
from channels_app.messages import without_folds

AT = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)


def kept(text: str) -> str:
    return without_folds(text, quoting.fold(text).folds).strip()


@pytest.mark.parametrize("quoted", ["> It comes\n> tomorrow.", "It comes tomorrow."])
@pytest.mark.parametrize("language", sorted(wording.WORDS))
def test_our_quotation_is_folded_when_it_comes_back(language, quoted):
    date = wording.moment(AT, language)
    said = wording.words(language).wrote.format(date=date, who="Alice Hartmann (Tallow & Pine)")
    assert kept(f"Thank you!\n\n{said}\n{quoted}\n") == "Thank you!"


@pytest.mark.parametrize("language", sorted(wording.WORDS))
def test_what_stands_below_our_line_is_folded_when_it_comes_back(language):
    assert kept(f"Thank you!\n\n{wording.above(language)}\n\nIt comes tomorrow.\n\nAlice") == "Thank you!"


def test_a_language_without_words_of_its_own_gets_english_ones():
    assert wording.words("tlh") == wording.words("en-GB") == wording.WORDS["en"]


def test_times_are_written_as_people_of_the_country_do():
    assert wording.moment(AT, "en", country="US") == "March 2, 2026, 12:05 PM"
    assert wording.moment(AT, "en", country="GB") == "2 March 2026, 12:05"
    assert wording.moment(AT, "ru") == "2 марта 2026 г., 12:05"
    assert wording.moment(AT, "hu", country="??") == "2026. március 2., 12:05"


def test_right_to_left():
    assert (wording.direction("ar"), wording.direction("he-IL"), wording.direction("en")) == (
        "rtl",
        "rtl",
        "ltr",
    )
