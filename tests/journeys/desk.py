"""A desk that works by itself beside a test: its mailroom, and one worker that drains the queues."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, connections

from channels_app import courier, inbound, mailroom
from tickets import reactions

T = TypeVar("T")


@contextmanager
def at_work(*, mail: bool = True, worker: bool = True) -> Iterator[None]:
    """Runs the asked-for parts in threads for the length of the block."""
    stop = threading.Event()
    parts: list[Callable[[threading.Event], None]] = []
    parts += [mailroom.run] if mail else []
    parts += [_drain_until] if worker else []
    threads = [threading.Thread(target=_closing(part), args=(stop,), daemon=True) for part in parts]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
            assert not thread.is_alive(), "a part of the desk did not end"
        gc.collect()  # the connections of threads that ended go with their last reference


def soon(find: Callable[[], T | None], seconds: float = 5) -> T:
    """What `find` gives as soon as it gives anything true; fails when it never does."""
    end = time.monotonic() + seconds
    while not (found := find()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)
    return found


def drain() -> None:
    inbound.drain()
    reactions.drain()
    courier.drain()


def _drain_until(stop: threading.Event) -> None:
    while not stop.wait(0.02):
        drain()


def _closing(part: Callable[[threading.Event], None]) -> Callable[[threading.Event], None]:
    def run(stop: threading.Event) -> None:
        try:
            part(stop)
        finally:
            connections.close_all()

    return run


def environment() -> dict[str, str]:
    """For a process of its own on the database of the tests."""
    url = urlsplit(settings.DATABASE_URL)
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DATABASE_URL": url._replace(path=f"/{name}").geturl(),
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
