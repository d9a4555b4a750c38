"""Files as text, in whatever charset they came."""

import pytest

from channels_app import reading

RUSSIAN = "Здравствуйте! Посылка не пришла, хотя её обещали привезти вчера вечером. " * 3
HUNGARIAN = (
    "Tisztelt Ügyfélszolgálat! A csomagom még mindig nem érkezett meg, őszintén szólva bosszús vagyok. " * 3
)


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (HUNGARIAN, "cp1250"),
        ("", "utf-8"),
    ],
)
def test_a_text_is_read_in_its_own_charset(text, charset):
    assert reading.words(text.encode(charset)) == text


def test_nothing_breaks_on_bytes_that_are_no_text():
    assert "\x00" not in reading.words(bytes(range(256)) * 3)


def test_a_letter_that_is_cut_in_two_spoils_nothing():
    assert reading.words(("я" * 20).encode()[:11], is_cut=True) == "я" * 5
