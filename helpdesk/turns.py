"""The queues take turns in a worker: each on one of its threads, for a while, so that none keeps others back.

Fifty thousand old mails, or the files of a large import, take minutes. Without turns every nudge and every
sweep put one more thread to them, until none was left for the answer that an agent has just sent.
"""

import math
import threading
import time
from collections.abc import Callable
from typing import Protocol

from helpdesk.wake import ask_again, fall_soon

SECONDS = 2.0


class Drain(Protocol):
    def __call__(self, *, until: float) -> object: ...


class _Turn:
    """Who drains one queue in this process, and whether somebody was sent away meanwhile."""

    def __init__(self) -> None:
        self.taken = threading.Lock()
        self.asked_again = False


_turns: dict[str, _Turn] = {}


def take(name: str, drain: Drain) -> None:
    """Drain the queue `name` until it is empty or the turn is over; then the next turn is asked for.

    Returns at once when another thread of this process has the turn: it looks again when it is through,
    and the next nudge comes soon, for another process may be idle.
    """
    turn = _turns.setdefault(name, _Turn())
    turn.asked_again = True
    if not turn.taken.acquire(blocking=False):
        fall_soon(name)
        return
    until = time.monotonic() + SECONDS
    try:
        turn.asked_again = True
        while turn.asked_again and time.monotonic() < until:
            turn.asked_again = False
            drain(until=until)
    finally:
        turn.taken.release()
    if turn.asked_again or time.monotonic() >= until:
        ask_again(name)


def until_empty(
    name: str,
    batch: Callable[[], int],
    *,
    full: float = math.inf,
    until: float = math.inf,
    pause: float = 0.0,
) -> int:
    """Work on the queue `name` until a batch does nothing or the clock says `until`; how much was done.

    `batch` says how much it did. A `full` one calls for another worker. After a smaller one it waits for
    `pause` seconds, in which more may come: a batch costs as much for one row as for twenty.
    """
    total = 0
    while done := batch():
        total += done
        if time.monotonic() >= until:
            break
        if done >= full:
            ask_again(name)
        else:
            time.sleep(pause)
    return total
