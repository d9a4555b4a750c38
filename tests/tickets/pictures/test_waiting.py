"""Remote pictures and tracking pixels in cleaned mail."""

import time

import pytest

from channels_app.adapters.email import html
from tickets.pictures import waiting


def addresses(source: str) -> list[str]:
    return list(waiting.within(html.clean(source)).addresses)


def test_pictures_in_their_order():
    source = '<img src="https://a.example/1.png?x=1&amp;y=2" alt="a > b"><img src="cid:x">'
    assert addresses(source + '<img src="http://b.example/2.png">') == [
        "https://a.example/1.png?x=1&y=2",
        "http://b.example/2.png",
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://a.example/p" width="1" height="1">',
        '<img src="https://a.example/p" width=0>',
        '<img height="1px" src="https://a.example/p">',
        '<img src="https://a.example/p" style="width:1px;height:1px">',
        '<img src="https://a.example/p" style="max-height: 0">',
        '<img src="https://a.example/p" style="color:red;height:1px !important">',
        '<img src="https://a.example/p" style="display:none">',
        '<img src="https://u1.ct.sendgrid.net/wf/open?upn=1">',
        '<img src="https://shop.us1.list-manage.com/track/open.php?u=1">',
        '<img src="https://www.google-analytics.com/collect?v=1">',
        '<img src="https://mailtrack.io/trace/mail/1.png">',
        '<img src="https://a.example/tracking-pixel/1">',
        '<img src="https://a.example/img/1x1.gif">',
        '<img src="https://a.example/pixel.gif?id=1">',
        '<img src="https://mc.yandex.ru/watch/123">',
    ],
)
def test_a_tracker_is_never_fetched(tag):
    found = waiting.within(html.clean(tag))
    assert found.addresses == ("",) and (found.pictures, found.trackers) == (0, 1)


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://a.example/p.png" width="100" height="30">',
        '<img src="https://a.example/open-sofa.png">',
        '<img src="https://a.example/pixel-art/gallery.png" style="border:1px solid red;max-width:100%">',
        '<img src="https://a.example/p.png" border="0" hspace="1">',
    ],
)
def test_a_picture_is_no_tracker(tag):
    assert waiting.within(html.clean(tag)).trackers == 0


def test_allowed_pictures_get_an_address_of_ours_and_trackers_none():
    source = '<img src="https://a.example/1.png"><img src="https://a.example/p" width=1><img src="https://a.example/2.png">'
    shown = waiting.shown(html.clean(source), lambda number: f"/p/{number}/")
    assert '<img src="/p/0/">' in shown and '<img src="/p/2/">' in shown and shown.count(" src=") == 2
    assert "a.example" not in shown


def test_a_mail_without_remote_pictures_has_none():
    assert waiting.within("<p>data-src and https://a.example/1.png</p>") is waiting.NONE
    assert waiting.within('<p title=" data-src=">x</p>').addresses == ()


def test_a_mail_of_pictures_is_counted_in_a_moment():
    source = '<img data-src="https://a.example/p.png" alt="x" width="100" style="color:red">' * 5000
    begun = time.process_time()
    assert waiting.within(source).pictures == waiting.MOST
    waiting.shown(source, str)
    assert time.process_time() - begun < 1
