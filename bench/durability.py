"""Nothing lost, nothing doubled: mails in and replies out while everything is killed, counted at both ends.

python -m bench.durability --mails 1000
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.models import Count

from bench import desks, mails, postbag, room
from bench.chaos import Chaos
from bench.mails import Mail
from bench.postbag import patiently
from channels_app import courier, leases
from channels_app.models import Channel, InboundRecord
from helpdesk.accounts.models import User
from helpdesk.supervisor import prepare, stopping
from helpdesk.supervisor.child import Child
from helpdesk.supervisor.crew import Crew, until_told_to_stop
from tests import mailservers
from tickets import replies
from tickets.models import Delivery, Message, Reaction, Ticket

TWICE = 0.10
FETCHED, RELAYED = "support@desk.example", "orders@desk.example"


def main() -> None:
    options = _options()
    result = measure(options.mails, short=options.short)
    print(json.dumps(result))
    sys.exit(0 if result["passed"] else 1)


def measure(count: int, *, short: bool = False) -> dict[str, Any]:
    """Both directions under the same treatment; `short` is a small dose with short leases."""
    with ExitStack() as stack:
        where = stack.enter_context(room.opened())
        stage = stack.enter_context(_stage(where, short))
        way_in = stage.bring_in(list(mails.generate(count, seed=1, to=FETCHED, html=0.1)))
        way_out = stage.send_out(count)
        durability = patiently(where.durability)
    passed = way_in["passed"] and way_out["passed"]
    return {"bench": "durability", "passed": passed, "in": way_in, "out": way_out, "durability": durability}


@contextmanager
def _stage(where: room.Room, short: bool) -> Iterator["Stage"]:
    """Dovecot, a counting SMTP server, two mailboxes, and the desk's processes kept alive by a process."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mail-", dir="/tmp")))
        home.chmod(0o755)
        dovecot = _dovecot(home) if _can_run_dovecot() else None
        if dovecot:
            dovecot.start()
            stack.callback(dovecot.stop)
        sink = postbag.Sink(mailservers.free_port())
        _mailboxes(dovecot, sink.controller.port)
        if short:
            courier.LEASE = leases.LEASE = timedelta(seconds=5)
        settings.SMTP_LISTENER_PORT = mailservers.free_port()
        settings.LOG_LEVEL = "ERROR"
        prepare.preload()
        connections.close_all()  # a fork must not inherit one, nor a thread of the counting server
        crew = Child("crew", _run_crew, settings.LOG_DIR / "crew.log")
        crew.start()
        stack.callback(crew.stop, 40)
        sink.controller.start()
        stack.callback(sink.controller.stop)
        desks.wait_until(lambda: mailservers.answers(settings.SMTP_LISTENER_PORT), patience=60)
        yield Stage(where, crew, dovecot, sink, short)


class Stage:
    def __init__(
        self,
        where: room.Room,
        crew: Child,
        dovecot: mailservers.Dovecot | None,
        sink: postbag.Sink,
        short: bool,
    ) -> None:
        self.where, self.crew, self.dovecot, self.sink, self.short = where, crew, dovecot, sink, short

    def bring_in(self, batch: list[Mail]) -> dict[str, Any]:
        """Deliver every mail, a tenth of them twice, and count what became of them."""
        seconds = 10.0 if self.short else max(90.0, len(batch) / 6)
        half = [batch[0::2], batch[1::2]]
        ways = [self._fetch if self.dovecot else self._relay, self._relay]
        crashes = self._through_chaos(
            [
                lambda: self._deliver(half[0], ways[0], seconds),
                lambda: self._deliver(half[1], ways[1], seconds),
            ],
            seconds,
        )
        self._settled(lambda: Message.objects.filter(direction="in").count() >= len(batch))
        return {
            "mails": len(batch),
            "by_imap": len(half[0]) if self.dovecot else 0,
            **_counted(batch),
            **crashes,
        }

    def send_out(self, count: int) -> dict[str, Any]:
        """Answer as many tickets, a tenth of them with a second click, and count at the other server."""
        seconds = 8.0 if self.short else max(90.0, count / 6)
        author = patiently(lambda: User.objects.create_user("bench@desk.example", name="Bench"))
        tickets = patiently(lambda: list(Ticket.objects.order_by("id")))
        crashes = self._through_chaos([lambda: self._answer(tickets, count, author, seconds)], seconds)
        self._settled(lambda: not Delivery.objects.exclude(state="sent").exists())
        return {**_counted_out(self.sink.taken, count, crashes["crashes"]), **crashes}

    def _through_chaos(self, feeders: Iterable[Callable[[], None]], seconds: float) -> dict[str, Any]:
        """Run the feeders in threads while the mishaps of the schedule happen in this one."""
        kills, away = (3, 2.0) if self.short else (24, 60.0)
        threads = [threading.Thread(target=_closing(feeder)) for feeder in feeders]
        chaos = Chaos(self.where, self.crew.pid or 0, seconds=seconds, kills=kills, away=away)
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) or not chaos.is_over:
            chaos.tend()
            time.sleep(0.1)
        room.tell(f"all is delivered; what happened: {dict(chaos.done)}")
        return {"mishaps": dict(chaos.done), "crashes": chaos.crashes}

    def _deliver(self, batch: list[Mail], way: Callable[[Mail], None], seconds: float) -> None:
        """The mails spread over so many seconds; an answer follows what it answers."""
        rng = random.Random(len(batch))
        for mail in batch:
            started = time.monotonic()
            if mail.answers:
                _await_message(mail.answers)
            for _time in range(2 if rng.random() < TWICE else 1):
                way(mail)
            time.sleep(max(0.0, seconds / len(batch) - (time.monotonic() - started)))

    def _fetch(self, mail: Mail) -> None:
        assert self.dovecot is not None
        self.dovecot.put(FETCHED, mail.raw)

    def _relay(self, mail: Mail) -> None:
        postbag.relay(mail, RELAYED, settings.SMTP_LISTENER_PORT)

    def _answer(self, tickets: list[Ticket], count: int, author: User, seconds: float) -> None:
        rng = random.Random(count)
        for number in range(count):
            ticket, key = tickets[number % len(tickets)], uuid.UUID(int=number + 1)
            for _click in range(2 if rng.random() < TWICE else 1):
                patiently(lambda: replies.send(ticket, author=author, body=f"Reply {key}", key=key))  # noqa: B023
            time.sleep(seconds / count)

    def _settled(self, condition: Callable[[], bool]) -> None:
        def holds() -> bool:
            return patiently(
                lambda: (
                    condition()
                    and not InboundRecord.objects.pending().exists()
                    and not Reaction.objects.exists()
                    and not Delivery.objects.filter(state__in=["pending", "sending"]).exists()
                )
            )

        try:
            desks.wait_until(holds, patience=60 if self.short else 400, step=0.3)
        except TimeoutError:
            room.tell("it did not settle: the counts tell what is missing")


def _counted(batch: list[Mail]) -> dict[str, Any]:
    """What arrived, by Message-ID, and whether each is where it belongs."""
    sent = {mail.message_id for mail in batch}
    found = Counter(Message.objects.filter(direction="in").values_list("external_id", flat=True))
    home = dict(Message.objects.filter(direction="in").values_list("external_id", "ticket_id"))
    answers = [mail for mail in batch if mail.answers]
    astray = [mail for mail in answers if home.get(mail.message_id) != home.get(mail.answers)]
    figures = {
        "messages": sum(found.values()),
        "lost": len(sent - found.keys()),
        "doubled": sum(number - 1 for number in found.values()),
        "strange": len(found.keys() - sent),
        "in_the_wrong_ticket": len(astray),
        "tickets": Ticket.objects.count(),
        "tickets_expected": len(batch) - len(answers),
        "records": dict(Counter(InboundRecord.objects.values_list("state", flat=True))),
    }
    good = not any(figures[name] for name in ("lost", "doubled", "strange", "in_the_wrong_ticket"))
    return {**figures, "passed": good and figures["tickets"] == figures["tickets_expected"]}


def _counted_out(taken: Counter[str], count: int, crashes: int) -> dict[str, Any]:
    """What the other server took, against what was committed here."""
    committed = set(Delivery.objects.values_list("external_id", flat=True))
    repeats = sum(number - 1 for number in taken.values())
    in_flight = settings.WORKER_PROCESSES * settings.CELERY_WORKER_CONCURRENCY
    figures = {
        "replies": Message.objects.filter(direction="out").count(),
        "lost": len(committed - taken.keys()),
        "strange": len(taken.keys() - committed),
        "repeated": repeats,
        "repeats_allowed": crashes * in_flight,
        "most_of_one": max(taken.values(), default=0),
        "states": dict(Counter(Delivery.objects.values_list("state", flat=True))),
        "two_of_one_key": Message.objects.exclude(key=None)
        .values("key")
        .annotate(n=Count("id"))
        .filter(n__gt=1)
        .count(),
    }
    good = figures["replies"] == count and not figures["lost"] and not figures["strange"]
    return {**figures, "passed": good and repeats <= figures["repeats_allowed"]}


def _run_crew() -> None:
    """The desk's own keeper of processes; killed ones are started again."""
    crew = Crew(lambda line: print(line, flush=True), settings.LOG_DIR)
    stopping.listen()
    crew.worker()
    crew.beat()
    crew.mail()
    try:
        until_told_to_stop(crew.tend)
    except KeyboardInterrupt:
        crew.close()


def _mailboxes(dovecot: mailservers.Dovecot | None, sink_port: int) -> None:
    out = {"smtp_host": postbag.HOST, "smtp_port": sink_port, "smtp_security": "none"}
    fetched: dict[str, Any] = {}
    if dovecot:
        fetched = {"imap_host": postbag.HOST, "imap_port": dovecot.port, "imap_security": "none"}
        fetched |= {"imap_user": FETCHED, "since": "2000-01-01"}
    for address, config in ((FETCHED, {**out, **fetched}), (RELAYED, out)):
        Channel.objects.create(
            kind=Channel.Kind.EMAIL,
            name=address,
            address=address,
            config=config,
            secrets={"imap_password": mailservers.PASSWORD} if "imap_host" in config else {},
        )


def _await_message(external_id: str) -> None:
    known = Message.objects.filter(external_id=external_id)
    desks.wait_until(lambda: patiently(known.exists), step=0.2)


def _closing(feeder: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            feeder()
        finally:
            connection.close()

    return run


def _can_run_dovecot() -> bool:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return os.geteuid() == 0 and shutil.which("dovecot", path=path) is not None


def _dovecot(home: Path) -> mailservers.Dovecot:
    ports = mailservers.free_port(), mailservers.free_port()
    return mailservers.Dovecot(home, *ports, mailservers.certificate(home))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=1000, help="and as many replies")
    parser.add_argument("--short", action="store_true", help="half a minute, with short leases: for tests")
    return parser.parse_args()


if __name__ == "__main__":
    main()
