"""Pushes that one browser alone can read: the example of RFC 8291 byte by byte, and what is no key."""

import pytest

from tests.tickets.telling.push.browser import Browser, private
from tickets.telling.push.encryption import MOST, BadKeys, encrypted, from_text, read, to_text

# RFC 8291, section 5 and appendix A.
WORDS = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIRS = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
THEIR_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
    "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out_byte_by_byte():
    body = encrypted(WORDS, p256dh=THEIR_POINT, auth=SECRET, salt=from_text(SALT), own=private(OURS))
    assert to_text(body) == BODY
    assert Browser(key=private(THEIRS), secret=from_text(SECRET)).reads(body) == WORDS


def test_each_push_is_sealed_anew_and_read_by_its_browser():
    browser = Browser()
    first, second = (encrypted(b"Hello", **browser.keys) for _ in range(2))
    assert browser.reads(first) == browser.reads(second) == b"Hello"
    assert first[:86] != second[:86]


def test_no_push_is_longer_than_services_take():
    assert len(encrypted(b"x" * MOST, **Browser().keys)) <= 4096
    with pytest.raises(ValueError, match="too long"):
        encrypted(b"x" * (MOST + 1), **Browser().keys)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", SECRET),
        (THEIR_POINT, ""),
        (THEIR_POINT, "short"),
        (THEIR_POINT[:-2], SECRET),
        ("B" + "A" * 86, SECRET),
        (THEIR_POINT.replace("B", "!"), SECRET),
    ],
)
def test_what_is_no_key_is_refused(p256dh, auth):
    with pytest.raises(BadKeys):
        read(p256dh, auth)


def test_padding_makes_no_difference():
    assert read(THEIR_POINT + "=", SECRET + "==")[1] == from_text(SECRET)
