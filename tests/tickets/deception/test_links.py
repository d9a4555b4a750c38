"""Links that say one thing and do another."""

import pytest

from tickets.deception import links
from tickets.deception.links import Doubt


@pytest.mark.parametrize(
    ("href", "text", "target", "doubts"),
    [
        ("https://shop.example/a", "our shop", "shop.example", []),
        ("https://shop.example/a", "https://shop.example/a", "shop.example", []),
        ("https://www.shop.example/a", "shop.example", "www.shop.example", []),
        ("https://shop.example/", "version 2.0 and invoice.pdf, Mr.Smith", "shop.example", []),
        ("https://track.mailer.example/x", "https://bank.example", "track.mailer.example", [Doubt.ELSEWHERE]),
        ("https://evil.example/bank.com", "www.bank.com", "evil.example", [Doubt.ELSEWHERE]),
        ("https://evil.example/", "bank.com", "evil.example", [Doubt.ELSEWHERE]),
        ("https://evil.example/", "ba\u200bnk.com", "evil.example", [Doubt.ELSEWHERE]),
        ("https://evil.example/", "ｂａｎｋ.com", "evil.example", [Doubt.ELSEWHERE]),
        ("https://evil.example/", "write to info@bank.com", "evil.example", [Doubt.ELSEWHERE]),
        ("https://evil.example/", "банк.рф", "evil.example", [Doubt.ELSEWHERE]),
        ("https://bank.com.evil.example/", "bank.com", "bank.com.evil.example", [Doubt.ELSEWHERE]),
        ("https://bank.com@evil.example/", "here", "evil.example", [Doubt.CREDENTIALS]),
        ("https://bank.com%2f@evil.example/", "here", "evil.example", [Doubt.CREDENTIALS]),
        ("https://user:pw@shop.example/", "here", "shop.example", [Doubt.CREDENTIALS]),
        ("http://203.0.113.9/login", "here", "203.0.113.9", [Doubt.NUMBER]),
        ("http://2130706433/", "here", "2130706433", [Doubt.NUMBER]),
        ("http://[2001:db8::1]/", "here", "2001:db8::1", [Doubt.NUMBER]),
        ("https://xn--80ak6aa92e.com/", "apple", "аррӏе.com", [Doubt.DISGUISED]),
        ("https://аррӏе.com/", "apple", "аррӏе.com", [Doubt.DISGUISED]),
        ("https://xn--bcher-kva.example/", "books", "bücher.example", [Doubt.FOREIGN]),
        ("https://магазин.рф/", "магазин", "магазин.рф", [Doubt.FOREIGN]),
        ("https://bit.ly/3x", "here", "bit.ly", [Doubt.SHORTENED]),
        ("https://bit.ly/3x", "bank.com", "bit.ly", [Doubt.ELSEWHERE, Doubt.SHORTENED]),
        ("mailto:carol@mail.example?subject=x", "write to us", "carol@mail.example", []),
        ("mailto:carol@evil.example", "info@bank.com", "carol@evil.example", [Doubt.ELSEWHERE]),
        ("tel:+3612345678", "call", "+3612345678", []),
    ],
)
def test_reading_a_link(href, text, target, doubts):
    link = links.read(href, text)
    assert (link.target, list(link.doubts)) == (target, doubts)
    assert link.href


@pytest.mark.parametrize(
    ("href", "opened"),
    [
        ("https:/evil.example/a", "https://evil.example/a"),
        ("https:evil.example", "https://evil.example"),
        ("https:\\\\evil.example\\a", "https://evil.example/a"),
        ("HTTPS://///evil.example", "https://evil.example"),
        ("ht\ntps://evil.exa\tmple", "https://evil.example"),
        ("https://bank.com\\@evil.example", "https://bank.com/@evil.example"),
        ("https://e%76il.example/%41", "https://evil.example/%41"),
        ("https://ｅvil.example", "https://evil.example"),
        ("https://evil。example", "https://evil.example"),
        ("https://shop.example/?a=1&b=2#c", "https://shop.example/?a=1&b=2#c"),
    ],
)
def test_what_a_browser_would_make_of_it(href, opened):
    assert links.read(href, "x").href == opened


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "/local",
        "//evil.example",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
    ]
    + [
        "file:///etc/passwd",
        "https://",
        "https://:80/",
        "https://[::1",
        "https://a.example:0/",
        "https://a:b:c/",
    ]
    + ["mailto:", "vbscript:x", "blob:https://a", "cid:x"],
)
def test_what_is_not_opened(href):
    assert links.read(href, "x").href == ""


def test_text_that_is_turned_round_is_read_both_ways():
    assert links.read("https://evil.example", "moc.knab", turned=True).doubts == (Doubt.ELSEWHERE,)
    assert links.read("https://evil.example", "moc.knab").doubts == ()
