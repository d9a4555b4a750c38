"""Videos in articles: looked into on the way in, found in a text, nothing asked of others."""

import pytest

from knowledge import markup, providers, videos

pytestmark = pytest.mark.django_db
EVERY = list(providers.PROVIDERS)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
VTT = b"WEBVTT\n\n00:00.000 --> 00:04.000\nTurn it.\n"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://www.youtube.com/watch?list=x&v=aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/"),
        ("https://youtu.be/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://vimeo.com/1084537", "https://player.vimeo.com/video/1084537"),
        ("https://rutube.ru/video/0123456789abcdef0123456789abcdef/", "https://rutube.ru/play/embed/0123"),
        ("https://vk.com/video-12_34", "https://vk.com/video_ext.php?oid=-12&id=34"),
        ("https://evil.example/watch?v=aqz-KE-bpKQ", ""),
        ("https://youtube.com.evil.example/watch?v=aqz-KE-bpKQ", ""),
        ("http://youtu.be/aqz-KE-bpKQ", ""),
        ('https://vimeo.com/1084537"onload=x', ""),
    ],
    ids=str,
)
def test_which_addresses_are_videos(address, player):
    found = providers.read(address, EVERY)
    assert (found.player if found else "").startswith(player) and bool(found) is bool(player)


def test_a_provider_that_was_not_chosen_has_none():
    assert providers.read("https://youtu.be/aqz-KE-bpKQ", ["vimeo"]) is None


@pytest.mark.parametrize(
    ("content", "captions", "why"),
    [
        (b"<html>" + b"x" * 90, b"", "kind"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 90, b"", "kind"),
        (MP4, b"<script>", "captions"),
        (MP4, b"WEBVTT\nno times", "captions"),
        (MP4, b"\xff\xfe", "captions"),
    ],
    ids=["page", "picture", "script", "timeless", "bytes"],
)
def test_what_is_no_video_is_refused(content, captions, why):
    with pytest.raises(videos.NoVideo, match=why):
        videos.add(content, "Feet", captions=captions, language="en")


def test_one_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(videos, "MOST_BYTES", 10)
    with pytest.raises(videos.NoVideo, match="size"):
        videos.add(MP4, "Feet", language="en")


def test_a_line_with_nothing_but_a_link_is_the_video():
    own = videos.add(MP4, "Feet", captions=VTT, language="en")
    line = videos.paragraph(videos.own_address(own), "Feet & <legs>")
    html = markup.clean(f"<p>First</p>{line}<p>See <a href='https://youtu.be/aqz-KE-bpKQ'>this</a></p>")
    [place] = videos.places(html, EVERY)
    assert (place.own, place.title) == (own, "Feet & <legs>")
    assert videos.places(html.replace(own.token, "x" * 22), EVERY) == []
