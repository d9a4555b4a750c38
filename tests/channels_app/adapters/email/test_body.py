"""The body of a letter as the desk shows it, when it is longer than what is marked."""

import time

from channels_app.adapters.email import body
from channels_app.adapters.email.contents import Contents

PICTURE = '<p class="MsoNormal" id="top">Look: <img src="https://shop.example/a.png"></p>'


def long(page: str) -> Contents:
    return Contents("", page + "<p>word <b>x</b></p>\n" * (body.LONGEST_MARKED // 20), [])


def test_the_page_of_a_long_letter_is_as_clean_as_any_and_keeps_its_remote_pictures():
    shown = body.of(long(PICTURE)).html
    assert shown.startswith('<p>Look: <img data-src="https://shop.example/a.png"></p>')
    assert "MsoNormal" not in shown


def test_a_quotation_that_reaches_beyond_what_is_looked_at_is_folded_to_its_end():
    answer = "It has come, thank you.\n\nOn Mon, 2 Nov 2026 at 10:00, Bob <bob@desk.example> wrote:\n"
    shown = body.of(Contents(answer + "> a word\n" * 20_000 + "Carol\n", "", []))
    assert shown.visible_text.split("\n")[0] == "It has come, thank you."
    assert "a word" not in shown.visible_text
    assert shown.visible_text.rstrip().endswith("Carol")


def test_two_megabytes_are_read_in_a_moment():
    begun = time.process_time()
    body.of(Contents("", "<p>word <b>x</b></p>\n" * 100_000, []))
    assert time.process_time() - begun < 2
