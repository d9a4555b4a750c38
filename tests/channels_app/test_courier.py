"""The courier, with an adapter that does what a test tells it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from channels_app import courier
from channels_app.adapters import ADAPTERS
from channels_app.messages import CAPABILITIES, Capabilities, DeliveryFailed, Receipt
from tickets import carriers, replies
from tickets.models import Delivery, Event

pytestmark = pytest.mark.django_db
State = Delivery.State


class Postman:
    """Keeps what it was given, and answers as told."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.answer: Receipt | BaseException = Receipt()

    def send(self, delivery: Delivery) -> Receipt:
        self.carried.append(delivery.external_id)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def postman(monkeypatch):
    postman = Postman()
    monkeypatch.setitem(ADAPTERS, "email", postman)
    return postman


@pytest.fixture
def delivery(ticket, alice) -> Delivery:
    return replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4()).deliveries.get()


def due_now() -> None:
    Delivery.objects.update(due_at=timezone.now())


def test_a_delivery_is_sent_once(delivery, postman):
    assert courier.drain() == 1
    assert courier.drain() == 0
    delivery.refresh_from_db()
    assert (delivery.state, postman.carried) == (State.SENT, [delivery.external_id])
    assert delivery.sent_at is not None


def test_passing_trouble_is_tried_again_later_under_the_same_id(delivery, postman):
    postman.answer = DeliveryFailed("451 try later", permanent=False)
    courier.drain()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (State.PENDING, "451 try later")
    assert delivery.due_at > timezone.now()

    postman.answer = Receipt()
    due_now()
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    assert postman.carried == [delivery.external_id] * 2


def test_a_refusal_is_put_before_the_agent(delivery, postman, ticket):
    postman.answer = DeliveryFailed("550 no such user", permanent=True)
    courier.drain()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (State.FAILED, "550 no such user")
    assert ticket.events.last().kind == Event.Kind.DELIVERY_FAILED


def test_after_a_day_of_trouble_it_is_put_before_the_agent(delivery, postman):
    postman.answer = DeliveryFailed("no route", permanent=False)
    for _attempt in range(carriers.MOST_ATTEMPTS):
        due_now()
        courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_a_bug_in_an_adapter_loses_nothing(delivery, postman):
    postman.answer = ValueError("a bug")
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.PENDING
    assert "a bug" in delivery.error


def test_one_refused_recipient_of_two_is_told(delivery, postman):
    postman.answer = Receipt(refused={"dan@mail.example": "550 unknown"})
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert delivery.outcomes["dan@mail.example"]["reason"] == "550 unknown"


def test_a_crash_in_flight_is_repaired_where_repeating_is_harmless(delivery, postman):
    postman.answer = SystemExit()
    with pytest.raises(SystemExit):
        courier.drain()
    assert courier.sweep(timezone.now()) == 0, "still within its lease"
    assert courier.sweep(timezone.now() + courier.LEASE * 2) == 1

    postman.answer = Receipt()
    due_now()
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    assert len(set(postman.carried)) == 1


def test_a_crash_in_flight_waits_for_a_person_where_repeating_is_not(delivery, postman, monkeypatch):
    once = Capabilities(html=True, subject=True, files=True, cc=True, resend_safe=False)
    monkeypatch.setitem(CAPABILITIES, "email", once)
    postman.answer = SystemExit()
    with pytest.raises(SystemExit):
        courier.drain()
    courier.sweep(timezone.now() + timedelta(hours=1))
    delivery.refresh_from_db()
    assert delivery.state == State.UNKNOWN


def test_what_was_sent_is_written_down_even_if_the_database_is_away_for_a_moment(
    delivery, postman, monkeypatch
):
    settle, tries = courier._sent, []

    def absent_twice(*args) -> None:
        tries.append(args)
        if len(tries) < 3:
            raise OperationalError("server closed the connection")
        settle(*args)

    monkeypatch.setattr(courier, "_sent", absent_twice)
    monkeypatch.setattr(courier.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(courier, "close_old_connections", lambda: None)
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    assert len(postman.carried) == 1


def test_what_a_person_waits_for_goes_first(ticket, alice, postman):
    bulk = replies.send(ticket, author=alice, body="News", key=uuid4()).deliveries.get()
    Delivery.objects.update(urgency=Delivery.Urgency.BULK)
    now = replies.send(ticket, author=alice, body="Answer", key=uuid4()).deliveries.get()
    courier.drain()
    assert postman.carried == [now.external_id, bulk.external_id]
