"""Customers rate finished requests: once a resolution, changeable for some days."""

import uuid
from datetime import timedelta

import pytest

from channels_app.webhooks import payloads
from knowledge.canned import keeping
from knowledge.canned import using as canned
from tickets import lifecycle, ratings, replies
from tickets.customers import erasing
from tickets.models import Event, Notification, Rating, Ticket
from tickets.web import history
from tickets.web.names import Names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def done(ticket: Ticket, alice) -> Ticket:
    ticket.assignee = alice
    ticket.save()
    return lifecycle.resolve(ticket, actor=alice)


def told(ticket: Ticket) -> list[str]:
    rows = Event.objects.filter(ticket=ticket, kind="rated").order_by("pk")
    return [history.sentence(each, Names()) for each in rows]


def test_it_keeps_who_said_what_of_whom(done, alice):
    made = ratings.rate(done, "good", " Quick!\r\n ", customer=done.customer)
    assert (made.agent, made.score, made.comment) == (alice, "good", "Quick!")
    assert Ticket.objects.get(pk=done.pk).rating == "good"
    assert told(done) == ["Rated “Good” by Carol Reyes: “Quick!”"]
    event = Event.objects.get(ticket=done, kind="rated")
    assert event.data == {"rating": made.pk, "score": "good", "before": ""}
    assert payloads.of(event, with_words=False)["type"] == "ticket.rated"


def test_it_is_changed_in_place_and_only_for_some_days(done):
    made = ratings.rate(done, "bad", customer=done.customer)
    again = ratings.rate(done, "fair", "Well", customer=done.customer)
    assert ratings.rate(done, "fair", "Well", customer=done.customer) == again
    assert again.pk == made.pk and again.changed_at and len(told(done)) == 2
    Rating.objects.update(at=made.at - ratings.CHANGEABLE)
    with pytest.raises(ratings.NotNow):
        ratings.rate(done, "good", customer=done.customer)
    assert Rating.objects.get().score == "fair"


def test_each_resolution_has_its_own(done, alice):
    ratings.rate(done, "bad", customer=done.customer)
    reopened = lifecycle.reopen(done, actor=alice)
    with pytest.raises(ratings.NotNow):
        ratings.rate(reopened, "good", customer=done.customer)
    ratings.rate(lifecycle.close(reopened, actor=alice), "good", customer=done.customer)
    assert sorted(Rating.objects.values_list("score", flat=True)) == ["bad", "good"]
    with pytest.raises(ValueError, match="great"):
        ratings.rate(done, "great", customer=done.customer)


def test_a_bad_one_is_told_to_supervisors_once(done, sam):
    ratings.rate(done, "good", customer=done.customer)
    assert not Notification.objects.filter(kind="rated_bad").exists()
    ratings.rate(done, "bad", customer=done.customer)
    ratings.rate(done, "bad", "Really", customer=done.customer)
    assert [each.user for each in Notification.objects.filter(kind="rated_bad")] == [sam]


def test_erasing_leaves_the_score_without_words(done, ada):
    ratings.rate(done, "fair", "I am Carol of Elm Road", customer=done.customer)
    erasing.erase(done.customer, words=erasing.REDACT, actor=ada)
    assert list(Rating.objects.values_list("score", "comment")) == [("fair", "")]


@pytest.mark.parametrize(("score", "solved"), [("bad", 0), ("good", 1), ("", 1)])
def test_what_was_rated_counts_for_the_response(score, solved, done, alice):
    late = keeping.make("Late", actor=None, team=done.team, wordings={"en": {"body": "It is late."}})
    lifecycle.reopen(done, actor=alice)
    canned.use(late, done, actor=alice, key=uuid.uuid4())
    sent = replies.send(done, author=alice, body="It is late.", key=uuid.uuid4())
    closed = lifecycle.resolve(done, actor=alice)
    if score:
        ratings.rate(closed, score, customer=done.customer)
    canned.settle(sent.created_at + canned.JUDGED_AFTER + timedelta(hours=1))
    late.refresh_from_db()
    assert (late.used, late.solved) == (1, solved)
