"""The queues take turns in a worker: each on one of its threads, for a while, so that none keeps others back.

Fifty thousand old mails, or the files of a large import, take minutes. Without turns every nudge and every
sweep put one more thread to them, until none was left for the answer that an agent has just sent.
"""

import threading
import time
from collections import defaultdict
from typing import Protocol

from helpdesk.wake import ask_again

SECONDS = 2.0


class Drain(Protocol):
    def __call__(self, *, until: float) -> object: ...


_taken: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_asked_again: set[str] = set()


def take(name: str, drain: Drain) -> None:
    """Drain the queue `name` until it is empty or the turn is over; then the next turn is asked for.

    Returns at once when another thread of this process has the turn: it looks once more when it is through.
    """
    _asked_again.add(name)
    if not _taken[name].acquire(blocking=False):
        return
    until = time.monotonic() + SECONDS
    try:
        _asked_again.discard(name)
        drain(until=until)
    finally:
        _taken[name].release()
    if name in _asked_again or time.monotonic() >= until:
        ask_again(name)
