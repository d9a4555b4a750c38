"""Processes: made so that none outlives us, and found again when some did."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def dies_with_parent(sig: signal.Signals, parent: int) -> Callable[[], None]:
    """What a child calls first of all: `sig` reaches it when `parent` ends, however it ends."""

    def bind() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(sig), 0, 0, 0)
        if os.getppid() != parent:  # it ended before we had asked to be told
            os.kill(os.getpid(), signal.SIGKILL)

    return bind


def living_in(folder: Path) -> list[int]:
    """The processes that work in `folder`; a zombie has no working folder, so it does not count."""
    try:
        wanted = folder.stat()
    except FileNotFoundError:
        return []
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            here = (entry / "cwd").stat()
        except OSError:
            continue
        if os.path.samestat(here, wanted) and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def wait_for(condition: Callable[[], bool], seconds: float, step: float = 0.02) -> bool:
    """True as soon as `condition` holds, False when it did not for `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def end_all_in(folder: Path, *, first: int | None, sig: signal.Signals, patience: float) -> None:
    """Ends what a killed desk left running in `folder`: `sig` to `first`, after `patience` kill -9 to all."""
    left = living_in(folder)
    if first in left:
        _kill(first, sig)
    if not wait_for(lambda: not living_in(folder), patience):
        for pid in living_in(folder):
            _kill(pid, signal.SIGKILL)
        wait_for(lambda: not living_in(folder), patience)


def _kill(pid: int | None, sig: signal.Signals) -> None:
    try:
        os.kill(pid or 0, sig)
    except ProcessLookupError:
        return
