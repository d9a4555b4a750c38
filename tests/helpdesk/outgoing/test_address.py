"""Web addresses before anything is asked."""

import pytest

from helpdesk.outgoing.address import target
from helpdesk.outgoing.trouble import NotReached, Trouble


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://shop.example", "https://shop.example/"),
        ("HTTP://Shop.Example:80/a?b=c#d", "http://shop.example/a?b=c"),
        ("https://shop.example:8443/a b", "https://shop.example:8443/a%20b"),
        ("https://bücher.example/ä?ö=1", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=1"),
        ("https://shop.example/a%20b", "https://shop.example/a%20b"),
        ("http://[2606:4700::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("https://shop.example?x", "https://shop.example/?x"),
    ],
)
def test_a_good_address(given, url):
    assert target(given).url == url


@pytest.mark.parametrize(
    "given",
    [
        *("", "shop.example", "//shop.example/", "ftp://shop.example/", "file:///etc/passwd", "gopher://x/"),
        *("javascript:alert(1)", "data:text/html,x", "http://", "http:///x", "http://user@shop.example/"),
        *("http://user:pass@shop.example/", "http://:@shop.example/", "http://shop.example:22/"),
        *("http://shop.example:0/", "http://shop.example:99999/", "http://shop.example:6379/"),
        *("http://shop.example:x/", "http://sho p.example/", "http://shop.example\\@evil.example/"),
        *(
            "http://shop.example/\r\nHost: x",
            "http://shop.example/\x00",
            "http://[::1",
            "http://%31.example/",
        ),
        *("http://" + "a" * 254 + "/", "http://a.example/" + "a" * 9000, "http://ﬀ..example/"),
    ],
)
def test_an_address_that_is_not_asked(given):
    with pytest.raises(NotReached) as refused:
        target(given)
    assert refused.value.trouble == Trouble.BAD_ADDRESS


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://shop.example/b"),
        ("b?c", "https://shop.example/a/b?c"),
        ("//cdn.example/b", "https://cdn.example/b"),
        ("https://cdn.example", "https://cdn.example/"),
    ],
)
def test_where_a_redirect_leads(location, url):
    assert target("https://shop.example/a/x").redirected(location).url == url


@pytest.mark.parametrize(
    "location", ["http://shop.example/", "javascript:x", "file:///x", "https://u@shop.example/"]
)
def test_where_no_redirect_leads(location):
    with pytest.raises(NotReached):
        target("https://shop.example/").redirected(location)
