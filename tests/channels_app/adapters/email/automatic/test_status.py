"""The part of a delivery report that is for machines: addresses, codes, and blocks that ran together."""

import pytest

from channels_app.adapters.email.automatic import status
from channels_app.messages import Fate


def block(*lines: str) -> bytes:
    return "\n".join(["Reporting-MTA: dns; mx.example", "", *lines, ""]).encode()


@pytest.mark.parametrize(
    ("field", "address"),
    [
        (b"rfc822; kim@far.example", "kim@far.example"),
        (b"RFC822;<Kim@Far.example>", "Kim@Far.example"),
        (b"kim@far.example", "kim@far.example"),
        (b"rfc822; kim+2Btag@far.example", "kim+tag@far.example"),
        (b"rfc822; kim+40far.example", "kim@far.example"),
        (b"rfc822; kim+20@far.example", "kim+20@far.example"),
        (rb"utf-8; m\x{FC}ller@far.example", "müller@far.example"),
        ("utf-8; почта@пример.example".encode(), "почта@пример.example"),
        (b"LOCAL;\\kim", ""),
        (b"x400; c=de; a=x", ""),
        (b"", ""),
    ],
)
def test_the_address_of_a_field(field, address):
    assert status.address_in(field) == address


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("550 5.1.1 <kim@far.example>: unknown", "5.1.1"),
        ("550-no such user", "5.0.0"),
        ("(#4.4.1)", "4.4.1"),
        ("host mx[10.4.1.1] said nothing", ""),
        ("452 try later", "4.0.0"),
        ("order 5501", ""),
        ("", ""),
    ],
)
def test_the_code_in_a_servers_words(words, code):
    assert status.code_in(words) == code


@pytest.mark.parametrize(
    ("action", "fate"),
    [
        ("failed", Fate.FAILED),
        ("Failed (user unknown)", Fate.FAILED),
        ("failure", Fate.FAILED),
        ("delayed", Fate.DELAYED),
        ("delivered", Fate.DELIVERED),
        ("relayed", Fate.DELIVERED),
        ("expanded", Fate.DELIVERED),
    ],
)
def test_each_action(action, fate):
    (told,) = status.outcomes(block("Final-Recipient: rfc822; kim@far.example", f"Action: {action}"))
    assert told.fate == fate


@pytest.mark.parametrize(
    ("code", "fate"),
    [("5.1.1", Fate.FAILED), ("4.4.7", Fate.DELAYED), ("2.0.0", Fate.DELIVERED), ("nonsense", Fate.FAILED)],
)
def test_without_an_action_the_code_decides(code, fate):
    (told,) = status.outcomes(block("Final-Recipient: rfc822; kim@far.example", f"Status: {code}"))
    assert told.fate == fate


def test_giving_up_for_want_of_time_is_not_for_good():
    (told,) = status.outcomes(
        block("Final-Recipient: rfc822; a@b.example", "Action: failed", "Status: 4.4.7")
    )
    assert told.fate == Fate.FAILED and not told.permanent


def test_recipients_whose_blocks_ran_together():
    fields = ["Final-Recipient: rfc822; {}@far.example", "Action: failed", "Status: 5.1.1"]
    told = status.outcomes(block(*(line.format(who) for who in ("kim", "lee", "max") for line in fields)))
    assert [one.address for one in told] == ["kim@far.example", "lee@far.example", "max@far.example"]


def test_the_recipient_as_we_named_it_comes_before_where_the_mail_went_on_to():
    named = ["Original-Recipient: rfc822; kim@far.example", "Final-Recipient: rfc822; k@inner.example"]
    (told,) = status.outcomes(block(*named, "Action: failed"))
    assert told.address == "kim@far.example"


def test_where_the_fields_name_nobody_the_servers_answer_may():
    told = status.outcomes(
        block(
            "Final-Recipient: x400; c=de", "Action: failed", "Diagnostic-Code: smtp; 550 <kim@far.example> no"
        )
    )
    assert [one.address for one in told] == ["kim@far.example"]


def test_a_failure_does_not_carry_a_code_of_success():
    (told,) = status.outcomes(
        block("Final-Recipient: rfc822; a@b.example", "Action: failed", "Status: 2.0.0")
    )
    assert told.status == "" and told.permanent
