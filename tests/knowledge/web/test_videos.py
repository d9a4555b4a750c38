"""Videos as readers and colleagues meet them: in parts, and from elsewhere only once asked for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knowledge import centres, videos
from knowledge.models import HelpCentre, Translation, Video
from knowledge.web import place
from tests.knowledge.test_videos import MP4, VTT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]
TUBE = "https://youtu.be/aqz-KE-bpKQ"


@pytest.fixture
def own() -> Video:
    return videos.add(MP4, "Feet", captions=VTT, language="en")


def test_a_player_gets_the_part_it_asks_for(client, own):
    url = videos.own_address(own)
    whole = client.get(url)
    assert b"".join(whole.streaming_content) == MP4 and whole["Content-Type"] == "video/mp4"
    part = client.get(url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert client.get(url, headers={"Range": "bytes=9999-"}).status_code == 416
    assert client.get(f"{url}captions/")["Content-Type"].startswith("text/vtt")
    assert client.get("/help/videos/forged-forged/").status_code == 404


def test_ones_own_is_shown_with_captions(client, publish, own):
    row = publish(html=videos.paragraph(videos.own_address(own), "Feet"))
    response = client.get(place.of(row))
    told = response.content.decode()
    assert "<video controls" in told and '<track kind="captions"' in told and "<iframe" not in told
    assert "media-src 'self'" in response["Content-Security-Policy"]


def test_nothing_is_asked_of_others_before_the_reader_asks(client, publish):
    HelpCentre.objects.create(pk=1, videos_from=["youtube"])
    centres.forget()
    row = publish(
        html=f"<p><a href='{TUBE}'>Our workshop</a></p><p><a href='https://vimeo.com/10845'>No</a></p>"
    )
    first = client.get(place.of(row))
    told = first.content.decode()
    assert "<iframe" not in told and "Our workshop" in told and "is at YouTube" in told
    assert 'href="https://vimeo.com/10845"' in told and "is at Vimeo" not in told
    asked = client.get(f"{place.of(row)}?play=1")
    told = asked.content.decode()
    assert 'src="https://www.youtube-nocookie.com/embed/' in told and 'title="Our workshop"' in told
    policy = asked["Content-Security-Policy"]
    assert "frame-src 'self' https://www.youtube-nocookie.com;" in policy + ";" and "vimeo" not in policy
    assert "youtube" not in client.get("/help/en/")["Content-Security-Policy"]


def test_without_a_chosen_provider_the_link_stays(client, publish):
    row = publish(html=f"<p><a href='{TUBE}'>Our workshop</a></p>")
    response = client.get(f"{place.of(row)}?play=1")
    assert "<iframe" not in response.content.decode() and "youtube" not in response["Content-Security-Policy"]


def sent(row: Translation, **fields: object) -> dict[str, object]:
    plain = {"title": row.title, "summary": "", "body": "", "html": "<p>Text</p>", "video_title": "Feet"}
    return {**plain, "seen": row.updated_at.isoformat(), **fields}


def test_a_colleague_adds_one_and_reads_it_beside_a_ticket(client: Client, publish, alice):
    client.force_login(alice)
    row = publish()
    page = f"/articles/{row.pk}/"
    given = {
        "video": SimpleUploadedFile("feet.mp4", MP4),
        "video_captions": SimpleUploadedFile("feet.vtt", VTT),
    }
    client.post(page, sent(row, **given))
    made = Video.objects.get()
    row.refresh_from_db()
    assert row.html == f'<p>Text</p><p><a href="/help/videos/{made.token}/" rel="noopener">Feet</a></p>'
    client.post(page, sent(row, html=row.html, video_link=TUBE))
    row.refresh_from_db()
    assert row.html.count("<a ") == 2
    Translation.objects.filter(pk=row.pk).update(published=None)
    told = client.get(f"{page}text/", headers={"HX-Request": "true"}).content.decode()
    assert "<video" in told and "<iframe" not in told and f'href="{TUBE}"' in told and "<html" not in told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"video": SimpleUploadedFile("x.mp4", b"MZ" * 90)}, "no video in MP4 or WebM"),
        ({"video_link": "https://evil.example/v"}, "no address of a video"),
        ({"video_link": TUBE, "video_title": " "}, "Give the video a title"),
        (
            {"video": SimpleUploadedFile("x.mp4", MP4), "video_poster": SimpleUploadedFile("x.png", b"no")},
            "no picture",
        ),
    ],
    ids=["program", "elsewhere", "untitled", "poster"],
)
def test_what_is_wrong_is_told_and_the_text_is_kept(client, publish, alice, fields, told):
    client.force_login(alice)
    row = publish()
    answer = client.post(f"/articles/{row.pk}/", sent(row, **fields)).content.decode()
    assert told in answer and "Text" in answer
    row.refresh_from_db()
    assert "video" not in row.html
