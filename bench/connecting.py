"""A mailbox with years of old mail is connected: is the desk usable meanwhile, and is anybody told?

    python -m bench.connecting --mails 50000

As root, with Dovecot. Receipts are on: old mail gets none, new mail gets its own. Meanwhile a new mail comes
in every few seconds, an agent opens pages and answers, and each is timed.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from bench import desks, figures, mails, postbag, processes, room
from bench.browsing import HOST, Browser
from bench.maildir import laid_down
from channels_app import alarms
from channels_app.models import Channel, InboundRecord, Incident
from helpdesk.accounts.models import User
from helpdesk.supervisor import prepare
from helpdesk.supervisor.crew import Crew
from tests import mailservers
from tickets import replies
from tickets.models import Attachment, Delivery, Message, Reaction

ADDRESS = "support@desk.example"
NEWCOMER = "newcomer@mail.example"
YEARS = timedelta(days=730)
PAUSE = 3.0  # seconds between two new mails
PATIENCE = 4 * 3600.0
USABLE_SECONDS = 10.0  # no new mail, answer or page may take longer


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        where = stack.enter_context(room.opened())
        result = _measured(stack, where, options)
    print(json.dumps(result))
    sys.exit(0 if result["passed"] else 1)


def _measured(stack: ExitStack, where: room.Room, options: argparse.Namespace) -> dict[str, Any]:
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mail-", dir=options.scratch)))
    home.chmod(0o755)
    prepare.collect_static()
    desk = desks.prepared(where, options.tickets)
    old = laid_down(home / "mail" / ADDRESS, options.mails, to=ADDRESS, until=_fresh(), span=YEARS)
    room.tell(f"{len(old)} old mails lie in the mailbox")
    dovecot = stack.enter_context(_dovecot(home))
    sink = postbag.Sink(mailservers.free_port())
    channel = _mailbox(dovecot.port, sink.controller.port)
    before = desk.cpu()
    settings.SMTP_LISTENER_PORT = mailservers.free_port()
    with desks.served(18200, "worker", "beat", "mail") as (port, crew):
        sink.controller.start()
        stack.callback(sink.controller.stop)
        usage = Usage(channel, dovecot, sink, Browser(port, _agent()))
        usage.until(lambda: _is_done(channel, old))
        used = _used(where, crew, desk, before)
    return {
        "bench": "connecting",
        "tickets_before": options.tickets,
        **_counted(channel, old, usage),
        **usage.figures(),
        "cpu_seconds_per_1000": round(used / options.mails * 1000, 2),
        "durability": where.durability(),
    } | _verdict(channel, old, usage)


class Usage:
    """What people do with the desk meanwhile, and how long each of it takes."""

    def __init__(
        self, channel: Channel, dovecot: mailservers.Dovecot, sink: postbag.Sink, browser: Browser
    ) -> None:
        self.channel, self.dovecot, self.sink, self.browser = channel, dovecot, sink, browser
        self.author = _agent()
        self.took: dict[str, list[float]] = {
            name: [] for name in ("new_mail", "receipt", "answer", "list", "ticket")
        }
        self.new: set[str] = set()
        self.seconds = 0.0

    def until(self, done: Callable[[], bool]) -> None:
        """Go on in turn until all old mail is in."""
        started = time.monotonic()
        while not done():
            if time.monotonic() - started > PATIENCE:
                raise TimeoutError("the old mail is not in")
            self._once()
            self._tell(started)
            time.sleep(PAUSE)
        self.seconds = time.monotonic() - started

    def _once(self) -> None:
        sent = mails.letter(f"new.{len(self.new)}", sender=f"{len(self.new)}.{NEWCOMER}", to=ADDRESS)
        self.new.add(sent.message_id)
        self.dovecot.put(ADDRESS, sent.raw)
        came = Message.objects.filter(external_id=sent.message_id)
        self._timed("new_mail", came.exists)
        message = came.select_related("ticket").get()
        self._timed("receipt", lambda: self._is_out(came_out_for(message)))
        self._page("list", "/tickets/?view=open")
        self._page("ticket", f"/tickets/{message.ticket.number}/")
        reply = replies.send(message.ticket, author=self.author, body="It is on its way.", key=uuid.uuid4())
        self._timed("answer", lambda: self._is_out([reply.external_id]))

    def _is_out(self, ids: list[str]) -> bool:
        return bool(ids) and all(self.sink.taken[one] for one in ids)

    def _page(self, name: str, path: str) -> None:
        self.browser.line.close()  # the server hangs up on whoever is silent for a few seconds
        answer = self.browser.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        self.took[name].append(answer.seconds)

    def _timed(self, name: str, holds: Callable[[], bool]) -> None:
        started = time.monotonic()
        desks.wait_until(holds, patience=600, step=0.02)
        self.took[name].append(time.monotonic() - started)

    def _tell(self, started: float) -> None:
        told = {name: round(seconds[-1], 2) for name, seconds in self.took.items()}
        done = InboundRecord.objects.filter(is_bulk=True, state=InboundRecord.State.DONE).count()
        room.tell(f"{time.monotonic() - started:.0f} s: {done} old mails in; {told}")

    def figures(self) -> dict[str, Any]:
        """Seconds, by what was done."""
        return {f"{name}_seconds": figures.spread(seconds, 3) for name, seconds in self.took.items()}


def came_out_for(message: Message) -> list[str]:
    """The ids of what the desk sent of itself on the ticket of this message."""
    sent = Message.objects.filter(ticket=message.ticket_id, purpose=Message.Purpose.RECEIPT)
    return list(sent.values_list("external_id", flat=True))


def _counted(channel: Channel, old: set[str], usage: Usage) -> dict[str, Any]:
    found = list(Message.objects.filter(direction="in").values_list("external_id", flat=True))
    ours = [one for one in found if one in old]
    receipts = Message.objects.filter(purpose=Message.Purpose.RECEIPT, channel=channel)
    return {
        "old_mails": len(old),
        "lost": len(old) - len(set(ours)),
        "doubled": len(ours) - len(set(ours)),
        "seconds": round(usage.seconds, 1),
        "mails_per_second": round(len(old) / usage.seconds, 1),
        "new_mails": len(usage.new),
        "receipts_for_new_mail": receipts.filter(answers__external_id__in=usage.new).count(),
        "receipts_for_old_mail": receipts.exclude(answers__external_id__in=usage.new).count(),
        "letters_sent": usage.sink.taken.total(),
        "alarms": [alarms.sentence(one) for one in Incident.objects.all()],
        "records": {
            state: InboundRecord.objects.filter(channel=channel, state=state).count()
            for state in InboundRecord.objects.filter(channel=channel)
            .values_list("state", flat=True)
            .distinct()
        },
    }


def _verdict(channel: Channel, old: set[str], usage: Usage) -> dict[str, bool]:
    told = _counted(channel, old, usage)
    slowest = max(max(seconds) for seconds in usage.took.values())
    wrong = ("lost", "doubled", "receipts_for_old_mail", "alarms")
    return {"passed": not any(told[name] for name in wrong) and slowest < USABLE_SECONDS}


def _is_done(channel: Channel, old: set[str]) -> bool:
    """All is journaled, read, and everything that follows from it is done."""
    journaled = InboundRecord.objects.filter(channel=channel, is_bulk=True).count()
    waits = (
        InboundRecord.objects.pending(),
        Reaction.objects.all(),
        Attachment.objects.filter(state=Attachment.State.UNCHECKED),
        Delivery.objects.filter(state__in=[Delivery.State.PENDING, Delivery.State.SENDING]),
    )
    return journaled >= len(old) and not any(each.exists() for each in waits)


@contextmanager
def _dovecot(home: Path) -> Iterator[mailservers.Dovecot]:
    server = mailservers.Dovecot(
        home, mailservers.free_port(), mailservers.free_port(), mailservers.certificate(home)
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _mailbox(imap_port: int, smtp_port: int) -> Channel:
    config = {
        "imap_host": HOST,
        "imap_port": imap_port,
        "imap_security": "none",
        "imap_user": ADDRESS,
        "smtp_host": HOST,
        "smtp_port": smtp_port,
        "smtp_security": "none",
        "since": "2000-01-01",
        "acknowledge": True,
    }
    secrets = {"imap_password": mailservers.PASSWORD}
    return Channel.objects.create(
        kind=Channel.Kind.EMAIL, name="Support", address=ADDRESS, config=config, secrets=secrets
    )


def _agent() -> User:
    found = User.objects.filter(role=User.Role.ADMIN).first()
    return found or User.objects.create_user("bench@desk.example", name="Bench", role=User.Role.ADMIN)


def _fresh() -> datetime:
    return timezone.now().astimezone(UTC) - timedelta(days=2)


def _used(where: room.Room, crew: Crew, desk: desks.Desk, before: dict[str, float]) -> float:
    pids = [child.pid for group in crew.children.values() for child in group if child.pid]
    servers = sum(processes.cpu_seconds([pid]) - before[name] for name, pid in where.pids().items())
    return servers + processes.cpu_seconds(pids)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=50_000)
    parser.add_argument("--tickets", type=int, default=0, help="tickets on the desk beforehand")
    parser.add_argument(
        "--scratch", type=Path, default=Path("/var/tmp"), help="where the mailbox lies meanwhile"
    )
    return parser.parse_args()


if __name__ == "__main__":
    if os.geteuid() != 0:
        raise SystemExit("Dovecot is started as root: run this as root.")
    main()
