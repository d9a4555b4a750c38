"""A signed-in colleague's browser, reduced to sockets: it must cost less than the pages it asks for."""

import http.client
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from helpdesk.accounts.models import User

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    status: int
    bytes: int
    seconds: float


class Browser:
    """One connection that is kept open, with the cookies of a session of `user`."""

    def __init__(self, port: int, user: User) -> None:
        self.line = http.client.HTTPConnection(HOST, port, timeout=60)
        self.secret = secrets.token_hex(16)
        cookies = f"{settings.SESSION_COOKIE_NAME}={signed_in(user)}; csrftoken={self.secret}"
        self.headers = {"Cookie": cookies, "Accept-Encoding": "gzip", "Accept-Language": "en"}

    def get(self, path: str, *, fragment: bool = False) -> Answer:
        return self._ask("GET", path, None, {"HX-Request": "true"} if fragment else {})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        body = urlencode({**fields, "csrfmiddlewaretoken": self.secret})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str]) -> Answer:
        started = time.perf_counter()
        self.line.request(method, path, body, {**self.headers, **more})
        found = self.line.getresponse()
        size = len(found.read())
        return Answer(found.status, size, time.perf_counter() - started)


@dataclass(frozen=True)
class Load:
    pages: int
    seconds: float
    own_cpu_seconds: float

    @property
    def a_second(self) -> float:
        return self.pages / self.seconds


def hammer(browsers: Sequence[Browser], path: str, seconds: float) -> Load:
    """All of them ask for the same fragment as fast as they are answered; our own cost is told apart."""
    counts = [0] * len(browsers)
    end = time.monotonic() + seconds

    def ask(place: int, browser: Browser) -> None:
        while time.monotonic() < end:
            answer = browser.get(path, fragment=True)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            counts[place] += 1

    started, cpu = time.monotonic(), time.process_time()
    threads = [threading.Thread(target=ask, args=pair) for pair in enumerate(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(sum(counts), time.monotonic() - started, time.process_time() - cpu)


def signed_in(user: User) -> str:
    """The key of a new session of this colleague, for the cookie."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)
