"""The servers of one measurement: PostgreSQL and Valkey with the settings of the product."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

from helpdesk import places
from helpdesk.embedded.server import Server
from helpdesk.supervisor import prepare, servers, stopping

SETTINGS_TOLD = ("server_version", "fsync", "full_page_writes", "synchronous_commit", "shared_buffers")


@dataclass
class Room:
    """Where a measurement takes place; a server that was given from outside is not among `servers`."""

    servers: dict[str, Server] = field(default_factory=dict)

    def durability(self) -> dict[str, str]:
        """The settings of the database that decide what a crash costs."""
        with connection.cursor() as cursor:
            return {name: _shown(cursor, name) for name in SETTINGS_TOLD}

    def pids(self) -> dict[str, int]:
        return {name: server.process.pid for name, server in self.servers.items() if server.process}


@contextmanager
def opened() -> Iterator[Room]:
    """Running servers and a migrated database; SIGTERM, like Ctrl-C, ends them in order too."""
    stopping.listen()
    room = Room()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, _foreign_sockets(), ignore_errors=True)
        if settings.EMBEDDED_POSTGRES:
            postgres = servers.postgres()
            _start(stack, room, "postgresql", postgres)
            postgres.create_database(settings.DATABASES["default"]["NAME"])
        if settings.EMBEDDED_VALKEY:
            _start(stack, room, "valkey", servers.valkey())
        stack.callback(connections.close_all)
        prepare.migrate()
        yield room


def tell(line: str) -> None:
    """Progress, apart from the result on standard output."""
    print(line, file=sys.stderr, flush=True)


def _start(stack: ExitStack, room: Room, name: str, server: Server) -> None:
    stack.callback(server.stop)
    server.start()
    room.servers[name] = server


def _foreign_sockets() -> str:
    """The folder of the sockets, if it does not lie in the desk's own."""
    run = places.run_dir(settings.DATA_DIR)
    return str(run) if settings.DATA_DIR not in run.parents else ""


def _shown(cursor: CursorWrapper, name: str) -> str:
    cursor.execute(f"SHOW {name}")
    return cursor.fetchone()[0]
