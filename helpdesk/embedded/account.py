"""Which user of the machine runs the servers, and how that user reaches programs and folders.

PostgreSQL refuses to run as root. Root therefore hands it to an unprivileged user, without opening the
permissions of any folder on the way: folders go over as open descriptors, programs are copied if need be.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CANDIDATES = ("postgres", "nobody")
COPIES = Path("/var/cache/helpdesk")


class Trouble(RuntimeError):
    """A server cannot run here; the text says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The user that a server runs as; `None` in both for the one we are."""

    uid: int | None = None
    gid: int | None = None

    def spawn_options(self) -> dict[str, Any]:
        """What `subprocess` needs to become this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def own(self, folder: Path) -> None:
        """Makes `folder`, private to this user; refuses one that a stranger has laid there."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = folder.lstat().st_uid
        if folder.is_symlink() or owner not in {os.geteuid(), self.uid}:
            raise Trouble(f"{folder} belongs to somebody else. Remove it, or choose another HELPDESK_DATA.")
        folder.chmod(0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def can_run(self, program: Path) -> bool:
        """Whether this user may execute `program`, every folder above it included."""
        try:
            subprocess.run([program, "--version"], capture_output=True, check=True, **self.spawn_options())
        except PermissionError:
            return False
        return True

    @contextmanager
    def doors(self, *folders: Path) -> Iterator[tuple[list[Path], list[int]]]:
        """`folders` by names this user can open even below a folder closed to it, and what to pass on for it.

        Root opens them and hands the descriptors over; anybody else owns them and needs no such thing.
        """
        held = [] if self.uid is None else [os.open(one, os.O_RDONLY | os.O_DIRECTORY) for one in folders]
        try:
            yield [Path(f"/proc/self/fd/{fd}") for fd in held] or list(folders), held
        finally:
            for fd in held:
                os.close(fd)


def choose(*folders: Path) -> Account:
    """Ourselves; for root whoever owns one of `folders` already, else the first of CANDIDATES here."""
    if os.geteuid() != 0:
        return Account()
    for made in (folder.stat() for folder in folders if folder.exists()):
        if made.st_uid != 0:
            return Account(made.st_uid, made.st_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble("root needs a user to run PostgreSQL as: run `useradd --system postgres`.")


def installed(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(f"{package} is not installed: run `make install`.")
    return Path(spec.submodule_search_locations[0])


def reachable(package: str, program: str, account: Account) -> Path:
    """The folder of `package`, or a copy where `account` can execute `program`: nobody may enter /root."""
    folder = installed(package)
    if account.can_run(folder / program):
        return folder
    copy = COPIES / f"{package}-{version(package)}"
    if not copy.exists():
        COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=COPIES) as room:
            for part in filter(Path.exists, (folder, folder.with_name(f"{package}.libs"))):
                shutil.copytree(part, Path(room) / "fresh" / part.name, symlinks=True)
            _move(Path(room) / "fresh", copy)
    return copy / package


def _move(fresh: Path, copy: Path) -> None:
    fresh.chmod(0o755)
    try:
        fresh.rename(copy)
    except OSError:
        if not copy.exists():  # else another run was quicker, and its copy is as good
            raise
