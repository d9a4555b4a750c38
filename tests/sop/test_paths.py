"""Newcomers are led from one thing to read to the next."""

import pytest

from helpdesk.accounts.models import Membership
from knowledge import writing as articles
from sop import paths, training
from sop.models import LearningPath

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(sam):
    written = articles.begin(language="en", title="How we pack", category=None, actor=sam)
    articles.save(written, title="How we pack", summary="", html="<p>With care</p>", actor=sam)
    articles.publish(written, actor=sam)
    return written.article


@pytest.fixture
def path(sam, orders, edition, article):
    made = paths.save(LearningPath(), title="First days", about="", team=orders, on_joining=True, actor=sam)
    paths.put(made, procedure=edition.wording.procedure_id, actor=sam)
    paths.put(made, article=article.pk, actor=sam)
    return made


def test_whoever_joins_gets_it_and_goes_it_to_the_end(alice, mallory, path, edition, article, orders, client):
    assert paths.welcome() == 0  # colleagues of old are left in peace
    Membership.objects.create(team=orders, user=mallory)
    assert (paths.welcome(), paths.welcome()) == (1, 0)
    [progress] = paths.of(mallory)
    assert (progress.done, progress.next.title) == (0, edition.title) and paths.of(alice) == []
    client.force_login(mallory)
    assert "How we pack" in client.get("/procedures/reading/").content.decode()
    training.acknowledge(edition, user=mallory)
    stop = path.stops.get(article=article)
    client.post(f"/procedures/reading/articles/{stop.pk}/")
    assert paths.of(mallory)[0].is_whole
    client.force_login(alice)
    assert client.post(f"/procedures/reading/articles/{stop.pk}/").status_code == 404


def test_a_supervisor_makes_it_and_sees_how_far_everybody_is(client, sam, alice, orders, edition, article):
    client.force_login(sam)
    refused = client.post("/procedures/paths/new/", {"title": "First", "on_joining": "on"})
    assert refused.status_code == 422 and "Which team do they join?" in refused.content.decode()
    made = client.post("/procedures/paths/new/", {"title": "First", "team": orders.pk})
    place = made["Location"]
    for what in (f"procedure:{edition.wording.procedure_id}", f"article:{article.pk}", "article:999", ""):
        client.post(f"{place}parts/", {"what": what})
    path = LearningPath.objects.get()
    first, second = path.stops.all()
    client.post(f"{place}parts/", {"act": f"up:{second.pk}"})
    assert [each.pk for each in path.stops.all()] == [second.pk, first.pk]
    client.post(f"{place}colleagues/", {"user": alice.pk})
    paths.read_article(article, user=alice)
    page = client.get(place).content.decode()
    assert "1 of 2" in page and f"Next: {edition.title}" in page
    assert "First" in client.get("/procedures/paths/").content.decode()
    client.post(f"{place}activity/")
    assert paths.of(alice) == []
    client.post(f"{place}colleagues/", {"user": alice.pk, "off": "1"})
    client.post(f"{place}parts/", {"act": f"out:{first.pk}"})
    assert not path.learners.exists() and path.stops.count() == 1


def test_agents_make_and_give_none(client, alice, path):
    client.force_login(alice)
    assert client.get("/procedures/paths/").status_code == 403
    assert client.post(f"/procedures/paths/{path.pk}/colleagues/", {"user": alice.pk}).status_code == 403
    with pytest.raises(paths.NotAllowed):
        paths.give(path, alice, actor=alice)
