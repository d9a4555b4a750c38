"""The tables of a run with several processes: migrated once, while they still collect; each copies."""

import multiprocessing
import os
import time
from pathlib import Path

from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.servers import ROOM

PATIENCE = 300.0  # seconds for the migrations, which take 8 on a machine at rest


Maker = multiprocessing.process.BaseProcess


def begin(blocker: DjangoDbBlocker) -> Maker:
    """Makes the tables in a process of its own; for whoever starts the processes of the run."""
    maker = multiprocessing.get_context("fork").Process(target=_make, args=(blocker,), daemon=True)
    maker.start()
    return maker


def made() -> str | None:
    """The database to copy, once it is there; None where each process has to make its own."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    note, end = _note(), time.monotonic() + PATIENCE
    while not note.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return note.read_text() or None if note.exists() else None


def end(maker: Maker, blocker: DjangoDbBlocker) -> None:
    """Leaves nothing on a server that was there before the run."""
    maker.kill()  # a run that needed no tables may be over before they are made
    maker.join()
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(_name())} WITH (FORCE)")


def _make(blocker: DjangoDbBlocker) -> None:
    name = ""
    try:
        with blocker.unblock():
            connection.settings_dict["TEST"]["NAME"] = _name()
            name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()  # nobody copies what somebody has open
    finally:
        ready = _note().with_suffix(".new")
        ready.write_text(name)
        ready.rename(_note())


def _name() -> str:
    return f"{connection.settings_dict['NAME']}_template"


def _note() -> Path:
    """Says which database it is, or by being empty that there is none."""
    return Path(os.environ[ROOM]) / "template"
