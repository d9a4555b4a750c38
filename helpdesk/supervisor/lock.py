"""One desk at a time in one data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class RunsAlready(RuntimeError):
    """Another process runs the desk of this folder; the text says which, and where it answers."""


@contextmanager
def held(folder: Path) -> Iterator[TextIO]:
    """Holds the desk of `folder`; what is written into the lock is told to whoever comes second.

    The kernel drops the lock with the process, so that nothing is ever stale.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "desk.lock").open("a+") as file:
        os.register_at_fork(after_in_child=file.close)  # no child may hold it longer than we do
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise RunsAlready(f"This desk runs already: {file.read().strip() or 'it is starting'}.") from None
        note(file, f"process {os.getpid()} is starting")
        yield file
        note(file, "")


def note(file: TextIO, text: str) -> None:
    """Replaces what the lock says."""
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()
