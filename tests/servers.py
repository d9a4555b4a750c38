"""The servers of a test run: its own PostgreSQL (or a given one) and a Valkey for each of its processes.

Everything lies in one throw-away folder and is named by environment variables before Django reads its
settings. Under xdist the controller starts PostgreSQL, each worker brings its own Valkey and test database.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from helpdesk import places
from helpdesk.embedded import Postgres, Valkey
from helpdesk.embedded.postgres import THROW_AWAY

ROOM = "DESK_TEST_ROOM"
MANY = {"max_connections": "400"}  # two processes with their threads, web processes and products share it


def start() -> Callable[[], None]:
    """Starts what this process of the run needs, sets the environment, and returns how to end it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    room = Path(os.environ[ROOM] if worker else tempfile.mkdtemp(prefix="desk-"))
    ends: list[Callable[[], object]] = []
    if not worker:
        os.environ[ROOM] = str(room)
        ends += _start_postgres(room)
    here = room / (worker or "main")
    (here / "static").mkdir(parents=True)
    valkey = Valkey(here / "valkey", places.run_dir(here), here / "valkey.log")
    valkey.start()
    ends.insert(0, valkey.stop)
    os.environ["REDIS_URL"] = valkey.url
    os.environ["HELPDESK_DATA"] = str(here)
    return lambda: _end(ends, room if not worker else None)


def _start_postgres(room: Path) -> list[Callable[[], object]]:
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    if given:
        parts = urlsplit(given)  # the run's pid in the name: two runs share a server in peace
        os.environ["DATABASE_URL"] = parts._replace(path=f"{parts.path}_{os.getpid()}").geturl()
        return []
    postgres = Postgres(room / "pg", places.run_dir(room), room / "postgres.log", THROW_AWAY | MANY)
    postgres.start()
    os.environ["DATABASE_URL"] = postgres.url("desk")
    return [postgres.stop]


def _end(ends: list[Callable[[], object]], room: Path | None) -> None:
    for end in ends:
        end()
    if room is not None:
        shutil.rmtree(room, ignore_errors=True)
