"""A desk of a given size with its workers, for the measurements."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bench import mails, processes
from bench.browsing import HOST
from bench.mails import Answerable, Mail
from bench.room import Room, tell
from channels_app import courier, inbound
from channels_app.models import Channel
from helpdesk.prepared import cursor as planned
from helpdesk.supervisor import ports, prepare
from helpdesk.supervisor.crew import Crew
from tickets import vacancy
from tickets.models import Message, Ticket

PATIENCE = 600.0
_IDLE = """
SELECT NOT EXISTS (SELECT FROM channels_app_inboundrecord WHERE state = 'pending')
   AND NOT EXISTS (SELECT FROM tickets_reaction)
   AND NOT EXISTS (SELECT FROM tickets_attachment WHERE state = 'unchecked')
"""
ADDRESS = "bench@desk.example"


class Desk:
    """The desk under measurement; `pids` are the families of processes that work for it now."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.channel = Channel.objects.update_or_create(
            kind=Channel.Kind.EMAIL,
            address=ADDRESS,
            defaults={"name": "Bench", "config": {"acknowledge": True}},
        )[0]
        self.workers: int = settings.WORKER_PROCESSES
        self.crew = Crew(tell, settings.LOG_DIR)

    def ticket_count(self) -> int:
        return Ticket.objects.count()

    @contextmanager
    def staffed(self, workers: int) -> Iterator[None]:
        """With this many worker processes and the beat, as the product forks them.

        Receipts are queued and stay so: nobody is at the other end.
        """
        connections.close_all()  # a fork must not inherit one
        sends, courier.drain = courier.drain, lambda: 0
        settings.WORKER_PROCESSES = workers
        self.crew = Crew(tell, settings.LOG_DIR)
        self.crew.worker()
        self.crew.beat()
        try:
            yield
        finally:
            self.crew.close()
            courier.drain = sends

    def mails(self, count: int, *, seed: int) -> Iterator[Mail]:
        return mails.generate(count, seed=seed, to=ADDRESS, known=self._answerable())

    def pass_through(self, batch: Iterable[Mail]) -> None:
        """Journal these mails, and wait until each is read, and its reactions and files are done."""
        for mail in batch:
            inbound.journal(self.channel, mail.message_id, mail.raw, sender_key=mail.sender)
        wait_until(self.is_idle)

    def is_idle(self) -> bool:
        with planned() as cursor:  # asked twenty times a second: the meter is not to weigh itself
            cursor.execute(_IDLE)
            return bool(cursor.fetchone()[0])

    def cpu(self) -> dict[str, float]:
        """Processor seconds so far: who journals (ourselves), who works, and the servers."""
        used = {"journaling": time.process_time()}
        for name, pid in {**self.room.pids(), **self._crew_pids()}.items():
            used[name] = processes.cpu_seconds([pid])
        return used

    def _crew_pids(self) -> dict[str, int]:
        return {
            child.name: child.pid for group in self.crew.children.values() for child in group if child.pid
        }

    def _answerable(self) -> list[Answerable]:
        """Messages of customers of this desk, which they may answer."""
        known = Message.objects.filter(direction=Message.Direction.OUT).order_by("-id")
        rows = known.values_list("external_id", "recipients__to__0")[:2000]
        return [Answerable(message_id, address) for message_id, address in rows]


def prepared(room: Room, tickets: int) -> Desk:
    """The desk in this room, seeded when it is vacant and tickets are wanted, its code loaded."""
    if tickets and vacancy.is_vacant():
        call_command("seed", "--tickets", str(tickets), stdout=_Teller())
    prepare.preload()
    return Desk(room)


@contextmanager
def served(port: int, *others: str) -> Iterator[tuple[int, Crew]]:
    """The web processes as the product forks them, on this port or the next free one, with `others`.

    Those are of the crew: "worker", "beat" and "mail". Gives the port and the crew; ends them all.
    """
    listener = ports.listen(HOST, port)
    found = ports.port_of(listener)
    connections.close_all()  # a fork must not inherit one
    crew = Crew(tell, settings.LOG_DIR)
    crew.web(listener)
    for other in others:
        getattr(crew, other)()
    try:
        wait_until(lambda: ports.answers(HOST, found, "/sign-in/"), patience=120)
        yield found, crew
    finally:
        crew.close()
        listener.close()


def wait_until(condition: Any, patience: float = PATIENCE, step: float = 0.05) -> None:
    """Returns when `condition` holds; raises TimeoutError when it never does."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {patience:.0f} s")
        time.sleep(step)


class _Teller:
    def write(self, text: str) -> None:
        if text.strip():
            tell(text.rstrip())

    def flush(self) -> None:
        return
