"""Names of hosts, true and imitated."""

import time

import pytest

from tickets.deception import hosts


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("shop.example.com", "example.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("example.hu", "example.hu"),
        ("co.uk", "co.uk"),
        ("Example.COM.", "example.com"),
        ("localhost", "localhost"),
    ],
)
def test_whose_a_host_is(host, owner):
    assert hosts.owner(host) == owner


@pytest.mark.parametrize(
    ("host", "number"),
    [
        *[("10.0.0.1", True), ("2130706433", True), ("0x7f000001", True), ("127.1", True), ("0x7f.1", True)],
        *[("::1", True), ("[::1]", True), ("1.2.3.4.", True), ("a.example", False), ("1.example", False)],
    ],
)
def test_a_machine_by_its_number(host, number):
    assert hosts.is_number(host) is number


@pytest.mark.parametrize(
    ("host", "read"),
    [
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--80ak6aa92e.com", "аррӏе.com"),
        ("shop.example", "shop.example"),
        ("xn--zzzzzzzzzzzz99999.example", "xn--zzzzzzzzzzzz99999.example"),
    ],
)
def test_a_coded_name_is_read(host, read):
    assert hosts.readable(host) == read


@pytest.mark.parametrize(
    ("host", "disguised"),
    [
        ("xn--80ak6aa92e.com", True),
        ("раураl.com", True),
        ("xn--bcher-kva.example", False),
        ("оса.рф", False),
        ("магазин.рф", False),
        ("магазин.com", False),
        ("shop.example", False),
    ],
)
def test_a_disguise(host, disguised):
    assert hosts.disguised(host) is disguised


KNOWN = ["apple.com", "tallowandpine.example", "paypal.com", "otpbank.hu", "dhl.com", "sberbank.ru"]


@pytest.mark.parametrize(
    ("host", "imitated"),
    [
        ("tallowandpine.example", ""),
        ("mail.tallowandpine.example", ""),
        ("tallowandpin.example", "tallowandpine.example"),
        ("tailowandpine.example", "tallowandpine.example"),
        ("tallow-and-pine.example", "tallowandpine.example"),
        ("paypa1.com", "paypal.com"),
        ("paypal.com.evil.example", ""),
        ("раураl.com", "paypal.com"),
        ("xn--l-7sba6dbr.com", "paypal.com"),
        ("paypal-secure.example", "paypal.com"),
        ("paypal.de", ""),
        ("dhi.com", ""),
        ("bergbank.ru", ""),
        ("sberbnak.ru", "sberbank.ru"),
        ("apply.com", ""),
        ("aple.com", ""),
        ("аррӏе.com", "apple.com"),
        ("gooogle.com", ""),
        ("mail.example", ""),
    ],
)
def test_an_imitation(host, imitated):
    assert hosts.Known(KNOWN).imitated(host) == imitated


def test_ten_thousand_known_hosts_cost_no_time():
    known = hosts.Known(f"partner-number-{number}.example" for number in range(10_000))
    begun = time.process_time()
    for number in range(200):
        assert known.imitated(f"partner-nunber-{number}.example") == f"partner-number-{number}.example"
        assert known.imitated(f"shop{number}.example") == ""
    assert time.process_time() - begun < 1
