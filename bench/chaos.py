"""What goes wrong while a desk works: processes killed, Valkey emptied and away, PostgreSQL restarted."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from redis import Redis, RedisError

from bench import processes
from bench.room import Room, tell


class Chaos:
    """A schedule of mishaps; `tend` lets those happen whose time has come.

    For the main thread only: a server ends with the thread that started it. Servers given from outside are
    left in peace.
    """

    def __init__(self, room: Room, crew_pid: int, *, seconds: float, kills: int, away: float) -> None:
        self.room, self.crew_pid, self.away = room, crew_pid, away
        self.rng = random.Random(11)
        self.done: Counter[str] = Counter()
        self.began = time.monotonic()
        once: list[tuple[float, Callable[[], None]]] = []
        if "valkey" in room.servers:
            once += [(0.25, self.flush), (0.3, self.kill_valkey), (0.55, self.valkey_away)]
        if "postgresql" in room.servers:
            once += [(0.45, self.restart_postgres), (0.75, self.kill_postgres)]
        often = [((number + 0.5) / kills, self.kill_someone) for number in range(kills)]
        self.plan: list[tuple[float, Callable[[], None]]] = sorted(
            ((share * seconds, action) for share, action in once + often), key=lambda pair: pair[0]
        )

    @property
    def crashes(self) -> int:
        """How often somebody was interrupted who may have been handing a letter over."""
        return sum(
            self.done[name] for name in ("processes killed", "PostgreSQL restarted", "PostgreSQL killed")
        )

    @property
    def is_over(self) -> bool:
        return not self.plan

    def tend(self) -> None:
        while self.plan and time.monotonic() - self.began >= self.plan[0][0]:
            _at, action = self.plan.pop(0)
            action()

    def kill_someone(self) -> None:
        """A worker, the beat or the mailroom, without a warning."""
        members = processes.children(self.crew_pid)
        if members:
            os.kill(self.rng.choice(members), signal.SIGKILL)
            self.done["processes killed"] += 1

    def flush(self) -> None:
        self.done["Valkey flushed"] += 1
        try:
            Redis.from_url(settings.REDIS_URL).flushall()
        except RedisError as error:
            tell(f"flush: {error}")

    def kill_valkey(self) -> None:
        self._kill("valkey")
        self.done["Valkey killed"] += 1
        self.room.servers["valkey"].start()

    def valkey_away(self) -> None:
        self._kill("valkey")
        self.done[f"Valkey away for {self.away:.0f} s"] += 1
        end = time.monotonic() + self.away
        while time.monotonic() < end:
            time.sleep(min(3.0, self.away))
            self.kill_someone()
        self.room.servers["valkey"].start()

    def restart_postgres(self) -> None:
        """In the middle of commits; in order, as an upgrade does it."""
        server = self.room.servers["postgresql"]
        server.stop()
        server.start()
        self.done["PostgreSQL restarted"] += 1

    def kill_postgres(self) -> None:
        self._kill("postgresql")
        self.done["PostgreSQL killed"] += 1
        self.room.servers["postgresql"].start()

    def _kill(self, name: str) -> None:
        process = self.room.servers[name].process
        if process:
            process.kill()
            process.wait()
