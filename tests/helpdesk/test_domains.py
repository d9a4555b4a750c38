"""Whose a domain is."""

import pytest

from helpdesk import domains


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        ("shop.example.co.uk", "example.co.uk"),
        ("Example.CO.UK.", "example.co.uk"),
        ("co.uk", ""),
        ("mail.example", "mail.example"),
        ("a.b.mail.example", "mail.example"),
        ("example", ""),
        ("alice.github.io", "alice.github.io"),
        ("почта.магазин.рф", "магазин.рф"),
        ("a.食狮.公司.cn", "食狮.公司.cn"),
        ("a.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("www.city.kobe.jp", "city.kobe.jp"),
        ("", ""),
        ("a..b", ""),
        (".".join(["a"] * 500), ""),
        ("ß" * 300 + ".example", "ß" * 300 + ".example"),
    ],
)
def test_the_registered_part(domain, owner):
    assert domains.registered(domain) == owner
