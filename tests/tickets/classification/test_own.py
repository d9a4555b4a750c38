"""A desk's own topics, phrases and versions decide with what ships, within seconds of their change."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tickets import intake, reactions
from tickets.classification import own, topics, trying, versions, weighing
from tickets.classification.judging import judge
from tickets.models import LearnedModel, Topic, WeighedPhrase

pytestmark = pytest.mark.django_db
TEXT = "The courier was called Blackbird and left me a note."


@pytest.fixture
def birds() -> Topic:
    above = Topic.objects.create(key="animals", labels={"en": "Animals", "hu": "Állatok"})
    return Topic.objects.create(key="birds", labels={"en": "Birds"}, parent=above)


def version(language: str, name: str, like: str) -> LearnedModel:
    model = weighing.shipped(like)
    assert model is not None
    return LearnedModel.objects.create(language=language, version=name, packed=model.dumped(), tickets=30)


def test_a_new_ticket_is_judged_by_the_phrases_of_the_desk(written, birds):
    WeighedPhrase.objects.create(words="blackbird", kind="suggestion", topic=birds, priority=4, weight=5)
    WeighedPhrase.objects.create(words="courier", kind="suggestion", topic=birds, weight=5)
    WeighedPhrase.objects.create(words="blackbird", kind="complaint", weight=5, is_active=False)
    ticket = intake.receive(written(text=TEXT, language="en")).ticket
    reactions.drain()
    ticket.refresh_from_db()
    assert ticket.kind == "suggestion"
    assert "blackbird" in ticket.verdict["words"]
    assert topics.title("birds") == "Animals › Birds"
    assert topics.title("fish") == ""


def test_a_topic_that_is_switched_off_is_given_to_no_ticket(birds):
    text = "Where is my parcel? The courier has not delivered it."
    assert judge(text, "en", own.refresh()).topic == "delivery"
    Topic.objects.filter(key="delivery").update(is_active=False)
    assert judge(text, "en", own.refresh()).topic not in ("", "delivery")


def test_one_version_is_used_and_can_be_taken_back(ada):
    first, second = version("de", "a", "en"), version("de", "b", "en")
    assert judge("Wo?", "de", own.known()).kind == ""
    versions.use(first, actor=ada)
    versions.use(second, actor=ada)
    assert list(LearnedModel.objects.filter(is_used=True)) == [second]
    assert second.is_used, "whoever has the row in hand may say so"
    assert judge("Wo?", "de", own.known()).kind == "", "it is asked for every ten seconds only"
    assert judge("Wo?", "de", own.refresh()).kind
    versions.use_shipped("de", actor=ada)
    assert judge("Wo?", "de", own.refresh()).kind == ""


def test_two_versions_of_a_language_are_never_in_use():
    version("de", "a", "en")
    version("de", "b", "en")
    with pytest.raises(IntegrityError):
        LearnedModel.objects.update(is_used=True)


def test_a_text_that_is_tried_shows_what_the_phrases_did(birds):
    WeighedPhrase.objects.create(words="blackbird", kind="suggestion", weight=5)
    found = trying.tried(TEXT, "", own.refresh())
    alone, together = {row[0]: row[1:] for row in found.chances}["suggestion"]
    assert alone < together
    assert [each.words for each in found.found] == ["blackbird"]
    assert trying.tried(TEXT, "de", own.refresh()).chances == []


def test_a_tree_has_no_rings_and_an_end(birds):
    assert birds.parent.why_not_in(birds)
    assert not birds.why_not_in(birds.parent)
    deep = birds
    for key in ("a", "b"):
        deep = Topic.objects.create(key=key, parent=deep)
    assert Topic(key="c").why_not_in(deep)
    assert not Topic(key="c").why_not_in(deep.parent)


def test_a_phrase_speaks_for_something():
    with pytest.raises(ValidationError):
        WeighedPhrase(words="refund").full_clean()
