"""Where a desk keeps what it must not lose, and where its sockets lie."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes of socket path; PostgreSQL adds ".s.PGSQL.5432.lock"


def data_dir(checkout: Path) -> Path:
    """One folder per checkout, outside it: a fresh clone never meets another clone's data."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "helpdesk" / _short(checkout)


def run_dir(data: Path) -> Path:
    """The folder of the sockets: beside the data, or a short private one if that path is too long."""
    beside = data.absolute() / "run"
    name = f"helpdesk-{os.geteuid()}-{_short(beside)}"
    rooms = [os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"]  # noqa: S108
    choices = [beside, *(Path(room) / name for room in rooms if room)]
    return next((path for path in choices if len(os.fsencode(path)) <= LONGEST_SOCKET_FOLDER), choices[-1])


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
