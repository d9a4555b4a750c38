"""The processes of a desk, kept alive together and ended in order."""

import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import socket

from django.conf import settings

from helpdesk import roles
from helpdesk.health.models import PULSE, SILENCE
from helpdesk.supervisor.child import Child
from helpdesk.supervisor.watch import Watch

TICK = 0.5
# How long each kind may take to end, in the order in which they end.
PATIENCE = {"worker": 20.0, "beat": 2.0, "web": 8.0, "mail": 10.0}


class Crew:
    """Any number of web, worker, beat and mail processes. `say` prints a line; without `logs` they print too.

    The names of workers begin with `prefix`: unique among all crews on one database.
    """

    def __init__(self, say: Callable[[str], object], logs: Path | None = None, prefix: str = "") -> None:
        self.say = say
        self.logs = logs
        self.prefix = prefix
        self.children: dict[str, list[Child]] = {kind: [] for kind in PATIENCE}
        self.watch = Watch()

    def web(self, listener: socket) -> None:
        for number in range(1, settings.WEB_PROCESSES + 1):
            self._add("web", f"web-{number}", partial(roles.web, listener))

    def worker(self) -> None:
        for number in range(1, settings.WORKER_PROCESSES + 1):
            name = f"{self.prefix}worker-{number}"
            self._add("worker", name, partial(roles.worker, name))

    def beat(self) -> None:
        self._add("beat", "beat", roles.beat)

    def mail(self) -> None:
        self._add("mail", "mail", roles.mail)

    def demo_post(self) -> None:
        self._add("mail", "demo-post", roles.demo_post)

    def tend(self) -> None:
        """Starts again what has died, and what has fallen silent."""
        for child in [child for group in self.children.values() for child in group]:
            if not child.poll() and child.due():
                self.say(f"{child.name} ended ({_how(child.ended)}); started again.{child.where()}")
                child.start()
        grown = [child for child in self.children["worker"] if child.lived() > PULSE + SILENCE]
        workers = {child.name: child for child in grown}
        for name in self.watch.silent(set(workers)) if workers else ():
            self.say(f"{name} does nothing any more; it is ended.{workers[name].where()}")
            workers[name].kill()

    def close(self) -> None:
        """Ends them kind by kind; by force what takes too long."""
        for kind, group in self.children.items():
            for child in group:
                child.send(signal.SIGTERM)
            for child in group:
                child.stop(PATIENCE[kind])

    def _add(self, kind: str, name: str, target: Callable[[], object]) -> None:
        child = Child(name, target, self.logs and self.logs / f"{name}.log")
        self.children[kind].append(child)
        child.start()


def until_told_to_stop(tend: Callable[[], object]) -> None:
    """Calls `tend` again and again; raises KeyboardInterrupt at Ctrl-C, SIGTERM or a closed terminal."""
    while True:
        time.sleep(TICK)
        tend()


def _how(ended: int | None) -> str:
    if ended is None:
        return "unknown"
    return f"signal {-ended}" if ended < 0 else f"exit code {ended}"
