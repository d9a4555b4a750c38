"""Senders who look like somebody else, by name and address alone."""

import pytest

from tickets.deception import hosts, senders
from tickets.deception.senders import Doubt, Surroundings

KNOWN = Surroundings(
    own=frozenset({"desk.example"}),
    hosts=hosts.Known(["desk.example", "lakeside.example", "paypal.com"]),
    colleagues={senders.folded("Alice Hartmann"): ("alice@desk.example",)},
)


def doubts(name: str, address: str, *reply_to: str, proved: bool = False) -> list[tuple[Doubt, str]]:
    found = senders.suspicions(name, address, reply_to, KNOWN, is_proved=proved)
    return [(each.doubt, each.like) for each in found]


@pytest.mark.parametrize(
    ("name", "address", "found"),
    [
        ("Carol Reyes", "carol@mail.example", []),
        ("", "carol@mail.example", []),
        ("carol@mail.example", "carol@mail.example", []),
        ("Carol via mail.example", "carol@sub.mail.example", []),
        ("Lakeside", "office@lakeside.example", []),
        ("info@bank.com", "x@evil.example", [(Doubt.NAMES_ADDRESS, "info@bank.com")]),
        ("Bank <info@bank.com>", "x@evil.example", [(Doubt.NAMES_ADDRESS, "info@bank.com")]),
        ("bank.com support", "x@evil.example", [(Doubt.NAMES_ADDRESS, "bank.com")]),
        ("info@ba\u200bnk.com", "x@evil.example", [(Doubt.NAMES_ADDRESS, "info@bank.com")]),
        ("St. Mary Inc.", "x@mary.example", []),
        ("Office", "office@lakeslde.example", [(Doubt.IMITATES, "lakeside.example")]),
        ("Office", "office@Iakeside.example", [(Doubt.IMITATES, "lakeside.example")]),
        ("Office", "office@lakesid.example", [(Doubt.IMITATES, "lakeside.example")]),
        ("Office", "office@lakeside-billing.example", [(Doubt.IMITATES, "lakeside.example")]),
        ("Office", "office@раураl.com", [(Doubt.IMITATES, "paypal.com")]),
        ("Office", "office@xn--80ak6aa92e.com", [(Doubt.DISGUISED, "аррӏе.com")]),
        ("Alice Hartmann", "alice@desk.example", []),
        ("Alice Hartmann", "alice.hartmann@mail.example", [(Doubt.COLLEAGUE, "Alice Hartmann")]),
        ("HARTMANN, Alice", "x@mail.example", [(Doubt.COLLEAGUE, "HARTMANN, Alice")]),
        ("Аlice Hаrtmann", "x@mail.example", [(Doubt.COLLEAGUE, "Аlice Hаrtmann")]),
        ("Alice", "x@mail.example", []),
        ("Carol", "no address", []),
    ],
)
def test_names_and_addresses(name, address, found):
    assert doubts(name, address) == found


def test_a_colleague_by_another_address_of_ours_is_one_if_the_domain_proved_itself():
    assert doubts("Alice Hartmann", "a.hartmann@desk.example", proved=True) == []
    assert doubts("Alice Hartmann", "a.hartmann@desk.example") == [(Doubt.COLLEAGUE, "Alice Hartmann")]


@pytest.mark.parametrize(
    ("reply_to", "found"),
    [
        ([], []),
        (["carol@mail.example"], []),
        (["carol@sub.mail.example"], []),
        (["x@evil.example"], [(Doubt.ANSWERS_ELSEWHERE, "x@evil.example")]),
        (["carol@mail.example", "x@evil.example"], []),
    ],
)
def test_where_answers_go(reply_to, found):
    assert doubts("Carol", "carol@mail.example", *reply_to) == found
