"""Fetching pictures from servers that are ours to be bad."""

import os
import time

import pytest

from tests.tickets.inspection.test_raster import png
from tests.webserver import reply, serving
from tickets.pictures import cache, fetching
from tickets.pictures.cache import Picture


@pytest.fixture(autouse=True)
def reachable(settings, tmp_path):
    settings.PICTURE_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.DATA_DIR = tmp_path


def test_a_picture_is_fetched_once_and_tells_nothing_of_the_reader():
    with serving(reply(png(10, 10), content_type="text/html", set_cookie="a=b")) as server:
        first, second = fetching.fetch(server.url("/p.png")), fetching.fetch(server.url("/p.png"))
    assert first == second == Picture(content_type="image/png", content=png(10, 10))
    asked = server.asked[0].lower()
    assert len(server.asked) == 1 and b"user-agent: helpdesk" in asked
    assert not any(
        name in asked for name in (b"cookie", b"referer", b"accept-language", b"x-forwarded", b"origin")
    )


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (reply(b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"), "no_picture"),
        (reply(b"<html>GIF89a</html>", content_type="image/gif"), "no_picture"),
        (reply(png(10, 10), "404 Not Found"), "no_picture"),
        (reply(png(60_000, 60_000)), "too_large"),
        (reply(b"x", content_length="6000000"), "too_large"),
        (reply(b"", "302 Found", location="http://10.0.0.1/p.png"), "private"),
        (reply(b"", "302 Found", location="file:///etc/passwd"), "bad_address"),
    ],
)
def test_what_is_no_picture_is_not_shown_and_not_asked_for_again_soon(answer, trouble):
    with serving(answer) as server:
        assert fetching.fetch(server.url()).trouble == trouble
        assert fetching.fetch(server.url()).trouble == trouble
        assert len(server.asked) == 1


def test_a_private_network_is_out_of_reach(settings):
    settings.PICTURE_PRIVATE_HOSTS = []
    with serving(reply(png(10, 10))) as server:
        assert fetching.fetch(server.url()).trouble == "private"
        assert not server.asked


def age(url: str, seconds: int) -> None:
    then = time.time() - seconds
    os.utime(cache._path(url), (then, then))


def test_the_cache_forgets():
    cache.keep("https://a.example/1", Picture(content_type="image/png", content=b"x\ny"))
    cache.keep("https://a.example/2", Picture(trouble="too_slow"))
    assert cache.find("https://a.example/1").content == b"x\ny"
    for url in ("https://a.example/1", "https://a.example/2"):
        age(url, cache.FAILED_SECONDS + 1)
    assert cache.find("https://a.example/1") and not cache.find("https://a.example/2")
    age("https://a.example/1", cache.KEPT_SECONDS + 1)
    assert not cache.find("https://a.example/1")
    cache.sweep(time.time())
    assert not cache._path("https://a.example/1").exists() and cache._path("https://a.example/2").exists()


def test_the_cache_keeps_the_newest_when_it_is_full(monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 250)
    for number in range(4):
        cache.keep(f"https://a.example/{number}", Picture(content_type="image/png", content=bytes(40)))
        age(f"https://a.example/{number}", 100 - number)
    cache.sweep(time.time())
    kept = [number for number in range(4) if cache.find(f"https://a.example/{number}")]
    assert kept == [2, 3]


def test_a_damaged_or_missing_cache_is_no_trouble(tmp_path):
    assert cache.find("https://a.example/1") is None
    cache.keep("https://a.example/1", Picture(content_type="image/png", content=b"x"))
    cache._path("https://a.example/1").write_bytes(b"damaged")
    assert cache.find("https://a.example/1") is None
