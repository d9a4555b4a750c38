"""What colleagues write, and what of it readers see."""

from datetime import timedelta

import pytest

from knowledge import shelves, writing
from knowledge.models import Entry, HelpCentre, Translation

pytestmark = pytest.mark.django_db
State = Translation.State


def titles(question: str, language: str = "en") -> list[str]:
    return [row.published.title for row in shelves.find(question, language, centre=HelpCentre(pk=1))]


def test_what_is_published_is_found_and_what_is_written_later_is_not(publish, alice):
    row = publish()
    writing.save(row, title="Quite another thing", summary="", html="<p>giraffe</p>", actor=alice)
    row.refresh_from_db()
    assert row.state == State.DRAFT and row.has_changes
    assert titles("refund") == ["When will my refund come?"]
    assert "giraffe" not in Entry.objects.filter(collection__name="articles").get().body


def test_agents_ask_and_supervisors_publish(publish, alice, sam):
    row = publish()
    writing.save(row, title="New", summary="", html="<p>x</p>", actor=alice)
    with pytest.raises(writing.NotAllowed):
        writing.publish(row, actor=alice)
    with pytest.raises(writing.NotAllowed):
        writing.archive(row, actor=alice)
    writing.ask_review(row, actor=alice)
    assert Translation.objects.get(pk=row.pk).state == State.REVIEW
    assert writing.publish(row, actor=sam).number == 2
    assert writing.publish(row, actor=sam).number == 2  # twice is once


def test_somebody_elses_words_are_not_overwritten(publish, alice):
    row = publish()
    with pytest.raises(writing.ChangedMeanwhile):
        writing.save(
            row, title="x", summary="", html="", actor=alice, seen=row.updated_at - timedelta(seconds=1)
        )
    writing.save(row, title="x", summary="", html="", actor=alice, seen=row.updated_at)


def test_archived_articles_are_not_found_and_come_back(publish, sam):
    row = publish()
    writing.archive(row, actor=sam)
    assert titles("refund") == [] and not Entry.objects.exists()
    writing.publish(row, actor=sam)
    assert titles("refund") == ["When will my refund come?"]


def test_an_earlier_version_is_taken_up(publish, sam):
    row = publish()
    writing.save(row, title="Second", summary="", html="<p>second</p>", actor=sam)
    writing.publish(row, actor=sam)
    back = writing.restore(row, row.versions.get(number=1), actor=sam)
    assert (back.title, back.state) == ("When will my refund come?", State.DRAFT)
    assert titles("second") == ["Second"]


@pytest.mark.parametrize("audience", ["internal", "organisations"])
def test_what_is_not_public_is_found_by_colleagues_alone(publish, audience):
    row = publish(audience=audience)
    assert titles("refund") == []
    assert [each.pk for each in shelves.find_all("refund", "en")] == [row.pk]


def test_what_becomes_internal_is_taken_from_readers_at_once(publish, sam, alice, shelf):
    row = publish()
    given = {"category": shelf, "audience": "internal", "organisations": [], "related": []}
    with pytest.raises(writing.NotAllowed):
        writing.place(row.article, **given, actor=alice)
    writing.place(row.article, **given, actor=sam)
    assert titles("refund") == []


def test_other_languages_follow_their_own_pace(publish):
    row = publish()
    publish("Когда вернутся деньги?", language="ru", html="<p>За два дня.</p>", of=row)
    assert titles("деньги", "ru")[0] == "Когда вернутся деньги?"
    assert titles("refund", "en")[0] == "When will my refund come?"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h2>A</h2><p onclick='x()'>b</p>", "<h2>A</h2><p>b</p>"),
        ("<script>x()</script><p>b</p>", "<p>b</p>"),
        ('<a href="javascript:x()">b</a>', '<a rel="noopener">b</a>'),
        ('<a href="/help/en/7/x/">b</a>', '<a href="/help/en/7/x/" rel="noopener">b</a>'),
        ('<img src="https://elsewhere.example/a.png" alt="a">', ""),
        (
            '<img src="/help/pictures/abcdefghij0/" alt="a">',
            '<img src="/help/pictures/abcdefghij0/" alt="a">',
        ),
        ('<p style="position:fixed">b</p>\x00', "<p>b</p>"),
    ],
)
def test_only_what_is_safe_is_kept(publish, sam, html, kept):
    row = writing.save(publish(), title="x", summary="", html=html, actor=sam)
    assert row.html == kept


def test_a_picture_may_not_be_too_large(db):
    with pytest.raises(writing.NoPicture):
        writing.add_picture(b"x" * (writing.MOST_BYTES + 1), "a.png", content_type="image/png")
