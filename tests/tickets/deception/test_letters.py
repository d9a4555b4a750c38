"""Words that look like other words."""

import pytest

from tickets.deception import letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paypal", "раураl"),
        ("paypal", "paypa1"),
        ("paypal", "payраl"),
        ("microsoft", "rnicrosoft"),
        ("google", "g00gle"),
        ("apple", "аррӏе"),
        ("tallow", "taIlow"),
        ("tallow", "ta\u200bllow"),
        ("billing", "bílling"),
        ("wells", "vvells"),
        ("alpha", "αlphα"),
        ("support", "ѕupport"),
    ],
)
def test_what_looks_alike(one, other):
    assert letters.bones(one) == letters.bones(other)


@pytest.mark.parametrize(("one", "other"), [("paypal", "payme"), ("orders", "borders"), ("anna", "hanna")])
def test_what_does_not(one, other):
    assert letters.bones(one) != letters.bones(other)


@pytest.mark.parametrize(
    ("word", "mixed"),
    [
        ("paypal", False),
        ("раураl", True),
        ("привет", False),
        ("привет2", False),
        ("kőbánya", False),
        ("αlpha", True),
        ("カタカナkanji漢字", False),
        ("", False),
    ],
)
def test_alphabets_in_one_word(word, mixed):
    assert letters.mixes_scripts(word) is mixed


@pytest.mark.parametrize(
    ("word", "latin"), [("сосо", True), ("привет", False), ("coco", False), ("42", False)]
)
def test_what_reads_as_latin(word, latin):
    assert letters.looks_latin(word) is latin


def test_what_nobody_sees_is_left_out():
    assert letters.visible("a\u200bb\u202ec\x00\nd") == "abc\nd"


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "xyz", 3),
        ("a", "abcd", 3),
    ],
)
def test_distance(one, other, steps):
    assert letters.distance(one, other, 2) == steps
