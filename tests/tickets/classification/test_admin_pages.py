"""Admins try texts, weigh phrases, and choose which version judges; nobody else does."""

import pytest
from django.urls import reverse

from tests.architecture.test_templates import offences
from tickets.models import LearnedModel, Topic, WeighedPhrase

pytestmark = pytest.mark.django_db
TRY = "/admin/tickets/weighedphrase/try/"


@pytest.fixture
def office(client, ada):
    client.force_login(ada)
    return client


def test_a_text_is_tried_with_the_phrases(office):
    WeighedPhrase.objects.create(words="blackbird", kind="suggestion", weight=5)
    WeighedPhrase.objects.create(words="courier", kind="suggestion", weight=5)
    assert office.get(TRY).status_code == 200
    shown = office.post(TRY, {"text": "The courier was called <b>Blackbird</b>"}).content.decode()
    assert "“blackbird” → Suggestion (5)" in shown
    assert "<td>Suggestion</td>" in shown and "Priority: Low" in shown, "as people call it, not by key"
    assert "<b>Blackbird" not in shown
    assert list(offences(shown)) == []


@pytest.mark.parametrize("person", ["alice", "sam"])
def test_others_try_nothing(client, request, person):
    client.force_login(request.getfixturevalue(person))
    assert client.post(TRY, {"text": "Hello"}).status_code in (302, 403)


def test_a_version_is_put_in_use_and_taken_back_in_one_click(office, client):
    row = LearnedModel.objects.create(language="de", version="a", packed=b"", tickets=30)
    office.get(f"/admin/tickets/learnedmodel/{row.pk}/use/")
    assert not LearnedModel.objects.filter(is_used=True).exists()
    office.post(f"/admin/tickets/learnedmodel/{row.pk}/use/")
    assert LearnedModel.objects.get().is_used
    office.post(f"/admin/tickets/learnedmodel/{row.pk}/put-aside/")
    assert not LearnedModel.objects.get().is_used


def test_a_worker_is_asked_to_learn(office, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr("tickets.admin.classifying.wake", asked.append)
    office.get("/admin/tickets/learnedmodel/learn/")
    office.post("/admin/tickets/learnedmodel/learn/")
    assert asked == ["learning"]


def test_a_topic_has_a_place_in_the_tree(office):
    order = Topic.objects.get(key="order")
    given = {"key": "late", "label_en": "Late", "parent": order.pk, "position": 1, "is_active": "on"}
    office.post(reverse("admin:tickets_topic_add"), given)
    late = Topic.objects.get(key="late")
    assert str(late) == f"{order} › Late"
    office.post(
        reverse("admin:tickets_topic_change", args=[order.pk]),
        {"label_en": "Order", "parent": late.pk, "position": 1, "is_active": "on"},
    )
    order.refresh_from_db()
    assert order.parent is None


@pytest.mark.parametrize("given", [{"words": " - "}, {"weight": 0}, {"kind": ""}, {"weight": 6}], ids=str)
def test_a_phrase_that_would_say_nothing_is_refused(office, given):
    told = {"words": "refund", "kind": "complaint", "weight": 3, "is_active": "on", **given}
    office.post(reverse("admin:tickets_weighedphrase_add"), told)
    assert not WeighedPhrase.objects.exists()
