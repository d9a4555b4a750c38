"""What a receipt says: the mailbox's words, else the desk's, in a language the reader has."""

import pytest

from tickets.acknowledging import wording


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [
        (("hu", "en"), "hu"),
        (("ru-RU",), "ru"),
        (("de", "hu", "en"), "hu"),
        (("de", ""), "en"),
        (("", ""), "en"),
    ],
)
def test_the_first_language_that_has_a_text(languages, chosen):
    assert wording.of({}, *languages)[0] == chosen


def test_a_mailboxs_own_words_and_the_desks_for_the_rest():
    config = {"receipts": {"en": {"expected": "within two hours"}, "de": {"text": "Angekommen: {number}"}}}
    _language, english = wording.of(config, "en")
    assert (english.expected, english.text) == ("within two hours", wording.DEFAULTS["en"].text)
    assert wording.of(config, "de")[1].text == "Angekommen: {number}"


def test_what_is_filled_in_is_not_read_again():
    said = wording.fill(
        "{number} {expected} {other} {company}", number=7, company="{number}", expected="soon"
    )
    assert said == "7 soon {other} {number}"


@pytest.mark.parametrize("language", wording.DEFAULTS)
def test_the_desks_own_texts_are_whole(language):
    said = wording.DEFAULTS[language]
    assert wording.unknown_in(said.text) == []
    assert all(f"{{{name}}}" in said.text for name in ("number", "company", "expected"))


def test_names_that_nothing_is_filled_in_for():
    assert wording.unknown_in("{number} {subject} {}") == ["subject", ""]
