"""Whose turn it is: dead, slow and busy servers hold only their own mail up."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from channels_app import courier, lanes
from channels_app.messages import DeliveryFailed, Receipt
from tickets import carriers, deliveries
from tickets.carriers import Carrier
from tickets.models import Delivery, Lane

pytestmark = pytest.mark.django_db
State, Urgency = Delivery.State, Delivery.Urgency
HOOK = Delivery.Kind.WEBHOOK


class Messenger(Carrier):
    """Carries webhooks for these tests; lanes named in `away` are down."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.told: list[str] = []
        self.away: set[str] = set()
        self.most = 0

    def send(self, delivery: Delivery) -> Receipt:
        if delivery.lane.partition(":")[2] in self.away:
            raise DeliveryFailed("connection refused", permanent=False, lane_down=True)
        if "refuse" in delivery.payload:
            raise DeliveryFailed("410 gone", permanent=True)
        self.carried.append(delivery.external_id)
        return Receipt(provider_id="42")

    def pace(self, delivery: Delivery) -> int:
        return self.most

    def sent(self, delivery: Delivery, receipt: Receipt) -> None:
        self.told.append(f"sent {receipt.provider_id}")

    def failed(self, delivery: Delivery, reason: str) -> None:
        self.told.append(f"failed {reason}")


@pytest.fixture
def messenger(monkeypatch) -> Messenger:
    messenger = Messenger()
    monkeypatch.setitem(carriers._carriers, HOOK, messenger)
    return messenger


def hook(lane: str, name: str = "", urgency: Urgency = Urgency.NOW, **payload: object) -> Delivery:
    return deliveries.queue(
        HOOK, lane=lane, external_id=name or uuid4().hex, urgency=urgency, payload=payload
    )


def claim() -> list[str]:
    ids, _others = lanes.claim(timezone.now(), pace=courier._pace)
    found = Delivery.objects.in_bulk(ids)
    return [found[pk].external_id for pk in ids]


def test_a_kind_goes_out_by_the_carrier_registered_for_it(messenger):
    delivery = hook("a", "one")
    assert courier.drain() == 1
    delivery.refresh_from_db()
    assert (delivery.state, messenger.carried, messenger.told) == (State.SENT, ["one"], ["sent 42"])


def test_a_carrier_hears_of_what_failed_for_good(messenger):
    delivery = hook("a", refuse=True)
    courier.drain()
    delivery.refresh_from_db()
    assert (delivery.state, messenger.told) == (State.FAILED, ["failed 410 gone"])


def test_what_nobody_carries_yet_waits():
    delivery = deliveries.queue(Delivery.Kind.PUSH, lane="a")
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == State.PENDING


def test_a_crash_in_flight_is_not_repeated_unless_its_carrier_says_so(messenger, monkeypatch):
    delivery = hook("a")
    Delivery.objects.update(state=State.SENDING, sending_since=timezone.now() - timedelta(hours=1))
    courier.sweep(timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == State.UNKNOWN

    Delivery.objects.update(state=State.SENDING, sending_since=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(messenger, "repeats_safely", lambda delivery: True)
    courier.sweep(timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == State.PENDING


def test_a_dead_server_is_tried_once_and_the_others_go_on(messenger):
    messenger.away = {"dead"}
    waiting = [hook("dead") for _ in range(30)]
    hook("well", "there")
    courier.drain()
    assert messenger.carried == ["there"]
    tried = [one.attempts for one in Delivery.objects.filter(pk__in=[one.pk for one in waiting])]
    assert sorted(tried) == [0] * 29 + [1], "those behind the first keep their attempts"
    lane = Lane.objects.get(name="webhook:dead")
    assert lane.rests_until > timezone.now()
    assert lane.error == "connection refused"


def test_a_lane_that_was_down_is_probed_and_then_used_in_full(messenger):
    messenger.away = {"dead"}
    for _ in range(10):
        hook("dead")
    courier.drain()
    Lane.objects.update(rests_until=timezone.now())
    Delivery.objects.update(due_at=timezone.now())
    assert len(claim()) == 1, "one probe, not a batch"

    Delivery.objects.update(state=State.PENDING)
    messenger.away = set()
    courier.drain()
    assert len(messenger.carried) == 10
    assert Lane.objects.get().failures == 0


def test_a_lane_rests_longer_each_time_up_to_five_minutes():
    now = timezone.now()
    rests = []
    for _ in range(12):
        lanes.went_down("webhook:a", "away", now)
        rests.append((Lane.objects.get().rests_until - now).total_seconds())
    assert rests[:3] == [5, 10, 20]
    assert rests[-1] == 300


def test_lanes_take_turns():
    for _ in range(3 * lanes.BATCH):
        hook("busy", "busy")
    hook("small", "small")
    turns = [set(claim()) for _ in range(3)]
    assert {"small"} in turns[:2], turns


def test_what_a_person_waits_for_overtakes_bulk_of_every_lane():
    for lane in "ab":
        for _ in range(10):
            hook(lane, "bulk", Urgency.BULK)
    hook("a", "person")
    assert claim() == ["person"]


def test_bulk_leaves_room_for_a_person():
    for _ in range(200):
        hook("a", "bulk", Urgency.BULK)
    while claim():
        pass
    assert Delivery.objects.filter(state=State.SENDING).count() < lanes.IN_FLIGHT
    hook("a", "person")
    assert claim() == ["person"]


@pytest.mark.parametrize("pace", [1, 2, 30, 600])
def test_no_minute_sees_more_than_the_pace(messenger, pace):
    messenger.most = pace
    for _ in range(700):
        hook("a")
    start, taken = timezone.now(), []
    for second in range(180):
        ids, _others = lanes.claim(start + timedelta(seconds=second), pace=courier._pace)
        Delivery.objects.filter(pk__in=ids).update(state=State.SENT)
        taken.append(len(ids))
    busiest = max(sum(taken[second : second + 60]) for second in range(120))
    assert busiest <= pace
    assert sum(taken[:120]) >= min(pace, 150)


def test_a_pace_keeps_something_for_a_person(messenger):
    messenger.most = 60
    for _ in range(50):
        hook("a", "bulk", Urgency.BULK)
    while claim():
        pass
    hook("a", "person")
    assert claim() == ["person"]


@pytest.mark.parametrize("most", [0, 5])
def test_a_lane_with_a_trickle_of_bulk_still_flows(messenger, most):
    messenger.most = most
    hook("a", "bulk", Urgency.BULK)
    assert claim() == ["bulk"]


def test_the_last_thread_of_a_worker_is_not_the_couriers(messenger):
    hook("a")
    taken = []
    while courier._couriers.acquire(blocking=False):
        taken.append(1)
    try:
        assert courier.drain() == 0
    finally:
        for _ in taken:
            courier._couriers.release()
    assert courier.drain() == 1


def test_another_worker_is_called_when_other_lanes_wait(messenger, monkeypatch):
    called = []
    monkeypatch.setattr(courier, "wake", called.append)
    hook("a")
    courier.drain()
    assert not called
    hook("a")
    hook("b")
    courier.drain()
    assert called == ["deliveries"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same(messenger):
    for number in range(60):
        hook(f"lane-{number % 3}", str(number))
    found: list[str] = []

    def work() -> None:
        try:
            for _ in range(10):
                found.extend(claim())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(found, key=int) == [str(number) for number in range(60)]
