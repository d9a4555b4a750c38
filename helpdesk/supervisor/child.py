"""A forked process: it shares the memory of what is imported already, and ends with its parent."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from helpdesk.embedded import logs
from helpdesk.embedded.processes import dies_with_parent, wait_for
from helpdesk.supervisor import stopping

LONGEST_PAUSE = 30.0
SETTLED = 60.0


class Child:
    """One process of the desk, or one job of it. Without a log it speaks to the console."""

    def __init__(self, name: str, target: Callable[[], object], log: Path | None = None) -> None:
        self.name = name
        self.target = target
        self.log = log
        self.pid: int | None = None
        self.ended: int | None = None
        self.started = 0.0
        self._pause = 0.0

    def start(self) -> None:
        parent = os.getpid()
        self.started, self.ended = time.monotonic(), None
        self.pid = os.fork()
        if self.pid == 0:
            self._become(parent)

    def poll(self) -> bool:
        """Whether it still runs; `ended` is then its exit code, negative for a signal."""
        if self.pid is None:
            return False
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            self.ended = os.waitstatus_to_exitcode(status)
            self.pid = None
        return self.pid is not None

    def wait(self) -> int:
        """Its exit code, once it has ended by itself."""
        wait_for(lambda: not self.poll(), seconds=3600)
        return -1 if self.ended is None else self.ended

    def send(self, sig: signal.Signals) -> None:
        if self.poll() and self.pid is not None:
            os.kill(self.pid, sig)

    def stop(self, patience: float) -> None:
        """Ends it in order; by force when that takes longer than `patience` seconds."""
        self.send(signal.SIGTERM)
        if not wait_for(lambda: not self.poll(), patience):
            self.kill()

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        wait_for(lambda: not self.poll(), seconds=5)

    def where(self) -> str:
        """Where it tells more, as the end of a message."""
        return f" Its log: {self.log}" if self.log else ""

    def lived(self) -> float:
        """Seconds since it was started last."""
        return time.monotonic() - self.started

    def due(self) -> bool:
        """Whether a dead child should be started now: at once, then after 1, 2, 4 … 30 seconds."""
        if self.ended is not None and self._pause == 0.0:
            self._pause = 1.0
            return True
        if self.lived() < self._pause:
            return False
        self._pause = 1.0 if self.lived() > SETTLED else min(self._pause * 2, LONGEST_PAUSE)
        return True

    def _become(self, parent: int) -> None:
        code = 1
        try:
            dies_with_parent(signal.SIGKILL, parent)()  # what it held is in rows, nothing is lost
            os.setsid()  # Ctrl-C is for the supervisor, which ends us in order
            stopping.forget()
            self._write_to_log()
            self.target()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            sys.stdout.flush()
            os._exit(code)

    def _write_to_log(self) -> None:
        if self.log is None:
            return
        with logs.opened(self.log) as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
