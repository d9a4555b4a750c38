"""Where the time of a mail goes: each stage alone, in this one process, with the database's part of it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from unittest import mock

from bench import processes
from bench.desks import Desk
from channels_app import inbound
from channels_app.adapters import ADAPTERS
from channels_app.messages import Kind
from tickets import intake, reactions

STAGES = ("journal", "claim_and_settle", "parse", "receive", "reactions")


class Stopwatch:
    """Adds up wall seconds, and processor seconds of the database, by stage."""

    def __init__(self, desk: Desk) -> None:
        self.postgres = desk.room.pids().get("postgresql")
        self.wall = dict.fromkeys((*STAGES, "drain"), 0.0)
        self.own = dict.fromkeys((*STAGES, "drain"), 0.0)
        self.database = dict.fromkeys((*STAGES, "drain"), 0.0)

    def timed(self, stage: str, call: Callable[..., Any], *, database: bool = False) -> Callable[..., Any]:
        @wraps(call)
        def measured(*args: Any, **named: Any) -> Any:
            started, own, base = time.perf_counter(), time.process_time(), self._database(database)
            try:
                return call(*args, **named)
            finally:
                self.wall[stage] += time.perf_counter() - started
                self.own[stage] += time.process_time() - own
                self.database[stage] += self._database(database) - base

        return measured

    def _database(self, wanted: bool) -> float:
        return processes.cpu_seconds([self.postgres]) if wanted and self.postgres else 0.0


def measure(desk: Desk, count: int) -> dict[str, Any]:
    """Milliseconds a mail by stage, and each stage's share of the whole."""
    watch = Stopwatch(desk)
    batch = list(desk.mails(count, seed=time.time_ns()))

    def journal() -> None:
        for mail in batch:
            inbound.journal(desk.channel, mail.message_id, mail.raw, sender_key=mail.sender)

    watch.timed("journal", journal, database=True)()
    email = ADAPTERS[Kind.EMAIL]
    with (
        mock.patch.object(email, "parse", watch.timed("parse", email.parse), create=True),
        mock.patch.object(intake, "receive", watch.timed("receive", intake.receive)),
    ):
        watch.timed("drain", inbound.drain, database=True)()
    watch.timed("reactions", reactions.drain, database=True)()
    for times in (watch.wall, watch.own):
        times["claim_and_settle"] = times["drain"] - times["parse"] - times["receive"]
    whole = sum(watch.wall[stage] for stage in STAGES)
    return {
        "ms_a_mail": {stage: round(watch.wall[stage] / count * 1000, 2) for stage in STAGES},
        "share": {stage: round(watch.wall[stage] / whole, 3) for stage in STAGES},
        "python_cpu_ms": {stage: round(watch.own[stage] / count * 1000, 2) for stage in STAGES},
        "database_cpu_ms": {
            stage: round(watch.database[stage] / count * 1000, 2)
            for stage in ("journal", "drain", "reactions")
        },
    }
