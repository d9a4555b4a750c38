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
NEVER = timezone.now() + timedelta(days=400)


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


class TestSeveralRecipients:
    """Carol has it, Dan's server wants it later, Eve is unknown."""

    @pytest.fixture
    def delivery(self, ticket, alice) -> Delivery:
        others = ["dan@mail.example", "eve@mail.example"]
        return replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=others).deliveries.get()

    @pytest.fixture
    def half_sent(self, delivery, postman) -> Delivery:
        later, never = {"dan@mail.example": "451 later"}, {"eve@mail.example": "550 unknown"}
        postman.answer = Receipt(waiting=later, refused=never)
        courier.drain()
        delivery.refresh_from_db()
        return delivery

    def test_who_was_put_off_is_tried_again_and_nobody_else(self, half_sent):
        assert half_sent.state == State.PENDING
        assert half_sent.due_at > timezone.now()
        assert half_sent.unsettled() == ["dan@mail.example"]
        assert "451 later" in half_sent.error and "550 unknown" in half_sent.error

    def test_the_refusal_is_told_once_the_rest_has_it(self, half_sent, postman, ticket):
        told = ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED)
        assert not told.exists()
        postman.answer = Receipt(provider_id="<kept@provider.example>")
        due_now()
        courier.drain()
        half_sent.refresh_from_db()
        assert (half_sent.state, half_sent.error) == (State.FAILED, "eve@mail.example: 550 unknown")
        assert half_sent.outcomes["dan@mail.example"]["ok"]
        assert half_sent.provider_id == "<kept@provider.example>"
        assert told.count() == 1

    def test_who_is_put_off_for_ever_is_refused_in_the_end(self, half_sent, postman):
        postman.answer = Receipt(waiting={"dan@mail.example": "451 later"})
        Delivery.objects.update(attempts=carriers.MOST_ATTEMPTS - 1)
        due_now()
        courier.drain()
        half_sent.refresh_from_db()
        assert half_sent.state == State.FAILED
        assert half_sent.outcomes["dan@mail.example"]["permanent"]


def test_without_a_channel_nothing_goes_out(delivery, postman):
    Delivery.objects.update(channel=None)
    courier.drain()
    delivery.refresh_from_db()
    assert (delivery.state, postman.carried) == (State.FAILED, [])
    assert "channel" in delivery.error


def test_what_crashes_its_workers_again_and_again_waits_for_a_person(delivery):
    Delivery.objects.update(
        state=State.SENDING, sending_since=timezone.now(), attempts=courier.MOST_REPEATS + 1
    )
    assert courier.sweep(timezone.now() + courier.LEASE * 2) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sending_since) == (State.UNKNOWN, None)


def test_what_somebody_else_has_by_now_is_left_to_them(delivery, postman, monkeypatch):
    """The rows before it took longer than the lease: a sweep has given it back meanwhile."""
    claim = courier._claim

    def slowly() -> list[Delivery]:
        claimed = claim()
        Delivery.objects.filter(state=State.SENDING).update(state=State.PENDING, due_at=NEVER)
        return claimed

    monkeypatch.setattr(courier, "_claim", slowly)
    courier.drain()
    delivery.refresh_from_db()
    assert (delivery.state, postman.carried) == (State.PENDING, [])


def test_what_a_person_gave_up_in_flight_stays_given_up(delivery, postman, alice):
    """The server answers after the sweep has put it before a person."""

    class Slow(Postman):
        def send(self, delivery: Delivery) -> Receipt:
            courier.sweep(timezone.now() + courier.LEASE * 2)
            Delivery.objects.filter(pk=delivery.pk).update(state=State.DROPPED)
            return super().send(delivery)

    ADAPTERS["email"] = Slow()  # undone with the postman
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.DROPPED
