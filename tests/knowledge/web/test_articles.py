"""Writing articles in the workspace, and the list of what readers missed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.accounts.models import User
from knowledge import opinions, searches
from knowledge.models import Picture, Translation

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00"


@pytest.fixture
def office(client: Client, alice):
    client.force_login(alice)
    return client


def written(row: Translation, **fields: str) -> dict[str, str]:
    plain = {"title": row.title, "summary": "", "body": "Hello\n\nthere", "html": ""}
    return {**plain, "seen": row.updated_at.isoformat(), **fields}


def test_an_article_begins_in_its_writers_language(office, alice):
    User.objects.filter(pk=alice.pk).update(language="hu")
    chosen = '<option value="{}" selected>'
    assert chosen.format("hu") in office.get("/articles/new/").content.decode()
    assert chosen.format("ru") in office.get("/articles/new/?language=ru").content.decode()


def test_an_article_is_begun_written_and_put_before_a_supervisor(office, shelf, plain, sam):
    begun = office.post("/articles/new/", {"title": "Gift wrap", "language": "en", "category": shelf.pk})
    row = Translation.objects.get()
    assert begun["Location"] == f"/articles/{row.pk}/"
    office.post(begun["Location"], written(row, review="1"))
    row.refresh_from_db()
    assert (row.html, row.state) == ("<p>Hello</p><p>there</p>", "review")
    office.force_login(sam)
    office.post(begun["Location"], written(row, html="<h2>A</h2>", publish="1"))
    row.refresh_from_db()
    assert row.published.html == "<h2>A</h2>" and row.state == "published"


def test_agents_cannot_publish_by_hand(office, publish):
    row = publish()
    office.post(f"/articles/{row.pk}/", written(row, title="Mine", publish="1"))
    office.post(f"/articles/{row.pk}/archive/")
    row.refresh_from_db()
    assert (row.title, row.state, row.published.number) == ("Mine", "review", 1)


def test_two_who_write_are_told(office, publish):
    row = publish()
    seen = written(row, title="First")
    office.post(f"/articles/{row.pk}/", seen)
    told = office.post(f"/articles/{row.pk}/", {**seen, "title": "Second"})
    assert "Somebody else" in told.content.decode() and "Second" in told.content.decode()
    assert Translation.objects.get().title == "First"


def test_a_picture_is_put_at_the_end_and_shown_to_everybody(office, publish):
    row = publish()
    sent = {"picture": SimpleUploadedFile("box.png", PNG), "alt": "The box"}
    office.post(f"/articles/{row.pk}/", {**written(row), **sent})
    row.refresh_from_db()
    token = Picture.objects.get().token
    assert row.html.endswith(f'<p><img src="/help/pictures/{token}/" alt="The box"></p>')
    shown = Client().get(f"/help/pictures/{token}/")
    assert shown.content == PNG and shown["Content-Type"] == "image/png"
    script = {"picture": SimpleUploadedFile("x.png", b"<svg onload=x()>")}
    told = office.post(f"/articles/{row.pk}/", {**written(row), **script})
    assert "no picture" in told.content.decode() and Picture.objects.count() == 1


def test_a_translation_is_begun_once(office, publish):
    row = publish()
    first = office.post(f"/articles/{row.pk}/translations/", {"language": "hu"})
    again = office.post(f"/articles/{row.pk}/translations/", {"language": "hu"})
    assert first["Location"] == again["Location"] != f"/articles/{row.pk}/"
    assert office.post(f"/articles/{row.pk}/translations/", {"language": "xx"})["Location"].endswith(
        f"/{row.pk}/"
    )
    assert Translation.objects.count() == 2


def test_where_it_stands_and_what_goes_with_it(office, publish, shelf):
    row, other = publish(), publish("Exchanging")
    sent = {"place-category": shelf.pk, "place-audience": "public", "place-related": other.article_id}
    office.post(f"/articles/{row.pk}/place/", sent)
    assert list(row.article.related.all()) == [other.article]
    office.post(f"/articles/{row.pk}/place/", {**sent, "place-audience": "internal"})
    row.article.refresh_from_db()
    assert row.article.audience == "public"  # an agent does not hide what is published


def test_earlier_versions_are_taken_up(office, publish):
    row = publish()
    office.post(f"/articles/{row.pk}/", written(row, title="Other"))
    office.post(f"/articles/{row.pk}/versions/1/restore/")
    assert Translation.objects.get().title == "When will my refund come?"
    assert office.post(f"/articles/{row.pk}/versions/9/restore/").status_code == 404


def test_pages_ask_little(office, publish):
    row = publish()
    for url in (
        "/articles/",
        "/articles/?q=refund",
        "/articles/?state=draft&language=en",
        "/articles/new/",
        "/articles/wanted/",
        "/articles/wanted/?days=7",
        f"/articles/{row.pk}/",
    ):
        with CaptureQueriesContext(connection) as seen:
            assert office.get(url).status_code == 200, url
        assert len(seen) <= MOST_QUERIES, (url, len(seen))
    assert office.get("/articles/999/").status_code == 404


def test_what_is_missing_leads_to_an_article(office, publish):
    row = publish()
    for _ in range(3):
        searches.remember("student discount", "en", 0)
    searches.remember("cushion", "en", 2)
    mark = searches.remember("refund", "en", 1)
    searches.opened(mark, row)
    opinions.give(row, reader="x", helpful=False, comment="Which card?")
    content = office.get("/articles/wanted/").content.decode()
    assert "?title=student%20discount&amp;language=en" in content and "× 3" in content
    assert "cushion" in content and "Which card?" in content
    assert "title=refund" not in content
    assert 'value="student discount"' in office.get("/articles/new/?title=student+discount").content.decode()


def test_versions_are_compared(office, publish, sam):
    row = publish(html="<p>In two days.</p>")
    office.force_login(sam)
    office.post(f"/articles/{row.pk}/", written(row, html="<p>In three days.</p>", publish="1"))
    page = office.get(f"/articles/{row.pk}/versions/2/").content.decode()
    assert "<del>two</del><ins>three</ins>" in page
    assert "first version" in office.get(f"/articles/{row.pk}/versions/1/").content.decode()
