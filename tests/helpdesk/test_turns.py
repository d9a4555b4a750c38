"""Queues take turns in a worker."""

import threading
import time

import pytest

from helpdesk import turns


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr(turns, "ask_again", names.append)
    return names


@pytest.fixture(autouse=True)
def sent_away(monkeypatch):
    """For which queues a nudge met nobody with time; each test begins with a process that drains nothing."""
    names = []
    monkeypatch.setattr(turns, "fall_soon", names.append)
    monkeypatch.setattr(turns, "_turns", {})
    return names


def test_a_queue_that_is_empty_in_time_asks_for_no_more(woken):
    asked = []
    turns.take("one", lambda *, until: asked.append(until - time.monotonic()))
    assert 0 < asked[0] <= turns.SECONDS
    assert woken == []


def test_what_a_turn_leaves_waits_behind_the_others(woken, monkeypatch):
    monkeypatch.setattr(turns, "SECONDS", -1)
    turns.take("one", lambda *, until: None)
    assert woken == ["one"]


def test_one_thread_has_the_turn_and_looks_again_for_those_it_sent_away(woken, sent_away):
    begun, over, drained = threading.Event(), threading.Event(), []

    def slow(*, until):
        drained.append("slow")
        begun.set()
        assert over.wait(10)

    first = threading.Thread(target=turns.take, args=("one", slow))
    first.start()
    assert begun.wait(10)
    turns.take("one", lambda *, until: drained.append("second"))
    turns.take("two", lambda *, until: drained.append("other queue"))
    assert woken == []
    assert sent_away == ["one"]
    over.set()
    first.join(10)
    assert drained == ["slow", "other queue", "slow"]
    assert woken == []


class TestUntilEmpty:
    def test_batch_after_batch_and_full_ones_call_for_another_worker(self, woken):
        left = [20, 20, 3, 0, 7]
        assert turns.until_empty("one", lambda: left.pop(0), full=20) == 43
        assert (left, woken) == ([7], ["one", "one"])

    def test_it_ends_with_the_turn(self, woken):
        assert turns.until_empty("one", lambda: 20, full=20, until=time.monotonic()) == 20
        assert woken == []


def test_a_turn_that_ends_in_an_error_is_free_again(woken):
    def broken(*, until):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        turns.take("one", broken)
    drained = []
    turns.take("one", lambda *, until: drained.append(1))
    assert drained == [1]
