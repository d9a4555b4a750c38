"""Why a mail came back, in words, and whether the address is to blame."""

import pytest
from django.utils import translation

from tickets import undelivered


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("5.1.1", "The address does not exist."),
        ("5.1.99", "The address is not known there."),
        ("4.2.2", "The mailbox is full."),
        ("4.4.7", "The time for delivering it ran out."),
        ("5.7.26", "The other mail server refuses it by its rules."),
        ("4.7.1", "The other mail server wants it to be tried again later."),
        ("4.0.0", "The other mail server could not take it for now."),
        ("5.0.0", ""),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_the_reason(status, reason):
    with translation.override("en"):
        assert undelivered.reason(status) == reason


@pytest.mark.parametrize(
    ("status", "blamed"),
    [
        ("5.1.1", True),
        ("5.2.2", True),
        ("5.0.0", True),
        ("", True),
        ("4.2.2", False),
        ("4.4.7", False),
        ("5.2.3", False),
        ("5.3.4", False),
        ("5.4.4", False),
        ("5.7.1", False),
        ("5.1.8", False),
        ("5.1.7", False),
    ],
)
def test_the_address_is_to_blame(status, blamed):
    assert undelivered.is_the_address(status) is blamed
