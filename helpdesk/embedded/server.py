"""What PostgreSQL and Valkey have in common: a folder, a log, a start and an end."""

import os
import signal
import subprocess
from pathlib import Path

from helpdesk.embedded import logs
from helpdesk.embedded.account import Account, Trouble, choose
from helpdesk.embedded.processes import dies_with_parent, wait_for

__all__ = ["Server", "Trouble"]


class Server:
    """One server program, started by us and ended with us."""

    name = ""
    stop_signal = signal.SIGTERM
    start_seconds = 30.0

    def __init__(self, home: Path, run: Path, log: Path) -> None:
        self.home = home.absolute()
        self.run = run.absolute()
        self.log = log.absolute()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def account(self) -> Account:
        return choose(self.home, self.run)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Clears what a killed run left, starts the program and returns when it answers."""
        self.account.own(self.run)
        self.prepare()
        with self.account.doors(self.home, self.run) as (folders, doors):
            self.process = self.spawn(self.command(*folders), doors)
        if not wait_for(lambda: not self.alive or self.ready(), self.start_seconds) or not self.alive:
            self.stop()
            raise Trouble(f"{self.name} did not start. Its last words in {self.log}:\n{self.last_words()}")

    def stop(self, patience: float = 30) -> None:
        """Ends the program in order; by force when that takes longer than `patience` seconds."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def spawn(self, command: list[str], doors: list[int]) -> subprocess.Popen[bytes]:
        with logs.opened(self.log) as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=doors,
                start_new_session=True,  # Ctrl-C is for the supervisor, which ends us in order
                preexec_fn=dies_with_parent(self.stop_signal, os.getpid()),
                **self.account.spawn_options(),
            )

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else "(none)"

    def prepare(self) -> None:
        """Brings the folder into a state from which the program can start."""
        raise NotImplementedError

    def command(self, home: Path, run: Path) -> list[str]:
        raise NotImplementedError

    def ready(self) -> bool:
        raise NotImplementedError
