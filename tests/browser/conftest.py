"""A real browser before the real web process, on the test database."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from helpdesk.accounts.models import User
from tests.chromium import launched
from tests.servers import ROOM

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WATCH_POLICY = (
    "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.blockedURI))"
)
EXPECTED = (
    *("ERR_INTERNET_DISCONNECTED", "WebSocket connection", "Failed to fetch"),  # offline
    "Service Worker registration blocked by Playwright",  # it would keep what the next test changes
)


@pytest.fixture(scope="session")
def static() -> Path:
    """The static files as they are served: whichever process of the run comes first collects them for all."""
    room = Path(os.environ[ROOM])
    folder, note = room / "served", room / "served.done"
    with (room / "served.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when it is closed
        if not note.exists():
            environment = {**os.environ, "HELPDESK_STATIC": str(folder), **_ours()}
            manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True)
            shutil.copy(AXE, folder)
            note.touch()
    return folder


def _ours() -> dict[str, str]:
    return {
        "HELPDESK_DATA": str(settings.DATA_DIR),
        "HELPDESK_SECRET_KEY": settings.SECRET_KEY,  # sessions are made here and read there
        "HELPDESK_ENCRYPTION_KEY": settings.ENCRYPTION_KEY,
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
    }


@pytest.fixture(scope="session")
def address(static: Path, django_db_setup: None) -> Iterator[str]:
    """Where the desk answers."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {
        **os.environ,
        **_ours(),
        "DATABASE_URL": database.geturl(),
        "HELPDESK_STATIC": str(static),
        "HELPDESK_ROLE": "web",
    }
    with socket.create_server(("127.0.0.1", 0)) as listener:  # ours from here on, whoever else runs tests
        web = [sys.executable, "-m", "uvicorn", "helpdesk.asgi:application", "--log-level", "error"]
        web += ["--fd", str(listener.fileno())]
        process = subprocess.Popen(web, cwd=ROOT, env=environment, pass_fds=[listener.fileno()])
        try:
            yield _answering(f"http://127.0.0.1:{listener.getsockname()[1]}")
        finally:
            process.terminate()
            process.wait(timeout=10)


def _answering(address: str) -> str:
    """The address, once it answers: the first request waits in the queue of the socket."""
    with urllib.request.urlopen(f"{address}/health/", timeout=60):
        return address


expect.set_options(timeout=10_000)


@pytest.fixture(scope="module")  # its loop must be gone before a test that runs one of its own
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in this thread; Django's guard would take it for our own.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with launched(playwright) as running:
            yield running


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What the browser complained about: a test that leaves anything here fails."""
    found: list[str] = []
    yield found
    assert not found, found


Open = Callable[..., Page]


@pytest.fixture(scope="module")
def resting(browser: Browser) -> dict[str, list[BrowserContext]]:
    """Contexts that a test is through with, by their options: a new one reads every script anew."""
    return {}


@pytest.fixture
def open_(
    address: str,
    browser: Browser,
    resting: dict[str, list[BrowserContext]],
    troubles: list[str],
    transactional_db: None,
) -> Iterator[Open]:
    """Opens a page as a colleague: `open_(alice, "/tickets/", width=375)`."""
    used: list[tuple[str, BrowserContext]] = []

    def open_page(user: User | None, path: str = "/tickets/", **options) -> Page:
        width, height = options.pop("width", 1440), options.pop("height", 900)
        options.setdefault(
            "reduced_motion", "reduce"
        )  # a colour measured halfway through a fade is no colour
        options.setdefault("service_workers", "block")  # one is as good as none but for its own test
        options |= {"base_url": address, "viewport": {"width": width, "height": height}, "locale": "en-GB"}
        kind = repr(sorted(options.items()))
        context = resting[kind].pop() if resting.get(kind) else browser.new_context(**options)
        used.append((kind, context))
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(30_000)  # nothing is judged by how long a page takes
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
        page = context.new_page()
        page.add_init_script(WATCH_POLICY)
        _listen(page, troubles)
        page.goto(path)
        return page

    yield open_page
    for kind, context in used:
        _clean(context, address)
        resting.setdefault(kind, []).append(context)


def _clean(context: BrowserContext, address: str) -> None:
    """As it was when it was new, but for what it has in its cache."""
    context.set_offline(False)
    for page in context.pages:
        page.close()
    context.clear_cookies()
    page = context.new_page()
    everything = {"origin": address, "storageTypes": "all"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    page.close()


def _listen(page: Page, troubles: list[str]) -> None:
    def heard(line) -> None:
        expected = any(words in line.text for words in EXPECTED)
        if line.type in ("error", "warning") and not expected:
            troubles.append(f"{page.url}: {line.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
