"""What commits want told elsewhere: each name once, and together where a worker commits without a pause."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

TOGETHER = 0.1  # seconds; nobody notices, and a page asks again ten times a second at most


class Aftermath(threading.local):
    """Names that this thread's transactions want told: once after commit, after a rollback with the next."""

    def __init__(self, tell: Callable[[set[str]], None]) -> None:
        self._tell = tell
        self._names: set[str] = set()

    def add(self, *names: str) -> None:
        self._names.update(names)
        transaction.on_commit(self._committed, robust=True)

    def flush(self) -> None:
        names, self._names = self._names, set()
        if names:
            self._tell(names)

    def _committed(self) -> None:
        if not _gathering.deep:
            return self.flush()
        _gathering.waiting.add(self)
        if time.monotonic() >= _gathering.until:
            flush()
        return None


class _Gathering(threading.local):
    def __init__(self) -> None:
        self.deep = 0
        self.until = 0.0
        self.waiting: set[Aftermath] = set()


_gathering = _Gathering()


@contextmanager
def gathered() -> Iterator[None]:
    """Meanwhile this thread tells what it committed a few times a second, and the rest at the end."""
    _gathering.deep += 1
    _gathering.until = time.monotonic() + TOGETHER
    try:
        yield
    finally:
        _gathering.deep -= 1
        flush()


def flush() -> None:
    """Tell now what was gathered, before something that takes long."""
    waiting, _gathering.waiting = _gathering.waiting, set()
    _gathering.until = time.monotonic() + TOGETHER
    for each in waiting:
        each.flush()
