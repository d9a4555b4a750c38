"""Nudging the workers."""

import time

import pytest
from django.conf import settings
from django.db import transaction
from redis import Redis

from helpdesk import wake as waking
from helpdesk.wake import begin_drain, fall_soon, wake
from tests.quickness import quickest

QUEUE = settings.CELERY_TASK_DEFAULT_QUEUE


@pytest.fixture
def redis():
    client = Redis.from_url(settings.REDIS_URL)
    client.flushall()
    yield client
    client.flushall()


@pytest.fixture
def endless_mark(monkeypatch):
    """On a machine that stands still for a while the mark would lapse in the middle of a test."""
    monkeypatch.setattr(waking, "MARK_SECONDS", 3600)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_rows_are_one_nudge(redis, endless_mark):
    for _row in range(1000):
        wake("inbound")
    assert redis.llen(QUEUE) == 1


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_a_drain_began_has_a_nudge_of_its_own(redis, endless_mark):
    wake("inbound")
    begin_drain("inbound")
    wake("inbound")
    assert redis.llen(QUEUE) == 2


@pytest.mark.django_db(transaction=True)
def test_a_nudge_that_met_a_busy_worker_makes_room_for_the_next(redis, monkeypatch):
    monkeypatch.setattr(waking, "BUSY_MS", 1)
    wake("inbound")
    fall_soon("inbound")
    time.sleep(0.01)
    wake("inbound")
    assert redis.llen(QUEUE) == 2


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_what_was_rolled_back(redis):
    with pytest.raises(RuntimeError), transaction.atomic():
        wake("inbound")
        raise RuntimeError
    assert redis.llen(QUEUE) == 0


@pytest.mark.django_db(transaction=True)
def test_without_redis_it_neither_raises_nor_blocks(monkeypatch):
    away = Redis.from_url("unix:///nowhere/valkey.sock", socket_timeout=0.1, socket_connect_timeout=0.1)
    monkeypatch.setattr(waking, "_redis", away)

    def everything() -> None:
        wake("inbound")
        begin_drain("inbound")
        fall_soon("inbound")

    assert quickest(everything) < 0.2
