"""Processes that are alive but do nothing are ended; a server that is away is nobody's fault."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk.embedded.processes import wait_for
from helpdesk.health import models, tasks
from helpdesk.health.models import Heartbeat
from helpdesk.supervisor import crew as crews
from helpdesk.supervisor import watch as watches
from helpdesk.supervisor.child import Child
from helpdesk.supervisor.watch import Watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hasty(monkeypatch):
    """Seconds become fractions of a second."""
    for module in (models, watches, crews):
        monkeypatch.setattr(module, "PULSE", 0.1)
        monkeypatch.setattr(module, "SILENCE", 0.3)
    monkeypatch.setattr(watches, "EVERY", 0.05)


def last_beat(name: str, ago: float) -> None:
    Heartbeat.objects.beat(name, 1)
    Heartbeat.objects.filter(name=name).update(at=timezone.now() - timedelta(seconds=ago))


def look(watch: Watch, names: set[str]) -> set[str]:
    time.sleep(0.1)
    return watch.silent(names)


def test_tells_the_silent_from_those_at_work(hasty):
    watch = Watch()
    time.sleep(0.5)
    last_beat("worker-1", ago=60)
    last_beat("worker-2", ago=-60)
    assert look(watch, {"worker-1", "worker-2", "worker-3"}) == {"worker-1", "worker-3"}


def test_nobody_is_blamed_while_redis_is_away_nor_right_after(hasty, settings):
    watch, here = Watch(), settings.REDIS_URL
    time.sleep(0.5)
    settings.REDIS_URL = "unix:///nonexistent.sock"
    assert look(watch, {"worker-1"}) == set()
    settings.REDIS_URL = here
    assert look(watch, {"worker-1"}) == set()
    time.sleep(0.5)
    assert look(watch, {"worker-1"}) == {"worker-1"}


def test_a_hung_worker_is_ended_and_started_again(hasty):
    said: list[str] = []
    crew = crews.Crew(said.append)
    child = Child("worker-1", lambda: time.sleep(60))
    crew.children["worker"].append(child)
    child.start()
    first = child.pid
    os.kill(first, signal.SIGSTOP)

    def started_again() -> bool:
        crew.tend()
        return child.pid not in {first, None}

    assert wait_for(started_again, 10)
    crew.close()
    assert said == [
        "worker-1 does nothing any more; it is ended.",
        "worker-1 ended (signal 9); started again.",
    ]
    assert child.pid is None


def test_a_child_that_dies_at_once_is_tried_less_and_less_often():
    child = Child("web-1", lambda: os._exit(3))
    starts = []

    def started_three_times() -> bool:
        if not child.poll() and (not starts or child.due()):
            child.start()
            starts.append(child.started)
        return len(starts) == 3

    assert wait_for(started_three_times, 20)
    assert child.wait() == 3
    soon, later = starts[1] - starts[0], starts[2] - starts[1]
    assert soon < 1 <= later  # at once, after 1 second, after 2, …


def test_only_an_executed_pulse_is_a_beat():
    tasks.pulse("worker-7")
    assert Heartbeat.objects.fresh().get().pid == os.getpid()
