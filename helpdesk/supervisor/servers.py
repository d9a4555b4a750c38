"""The two servers of this desk, where they keep their things, and one of them lent to a command."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings

from helpdesk.embedded import Postgres, Valkey
from helpdesk.supervisor import lock


def postgres() -> Postgres:
    return Postgres(settings.DATA_DIR / "pg", settings.RUN_DIR, settings.LOG_DIR / "postgres.log")


def valkey() -> Valkey:
    return Valkey(settings.DATA_DIR / "valkey", settings.RUN_DIR, settings.LOG_DIR / "valkey.log")


@contextmanager
def database_at_hand(*, alone: bool = False) -> Iterator[None]:
    """The desk's database for one command: the running one, else the embedded one, started for it.

    With `alone` a running desk raises RunsAlready.
    """
    with ExitStack() as stack:
        if settings.EMBEDDED_POSTGRES and _ours(stack, alone):
            server = postgres()
            stack.callback(server.stop)
            server.start()
            server.create_database(settings.DATABASES["default"]["NAME"])
        yield


def _ours(stack: ExitStack, alone: bool) -> bool:
    """Whether no desk runs here; then the lock is held until `stack` ends."""
    try:
        stack.enter_context(lock.held(settings.DATA_DIR))
    except lock.RunsAlready:
        if alone:
            raise
        return False
    return True
