"""The SMTP listener for a relay or local mail server: 250 only after the journal's commit (RFC 5321).

Every fault of ours is a 451, so that the other side keeps the mail and comes again.
"""

import asyncio
import functools
import hashlib
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import structlog
from aiosmtpd.smtp import Envelope, Session
from django.db import close_old_connections, transaction

from channels_app import inbound
from channels_app.adapters.email import charset, mime, reading
from channels_app.adapters.email.conversation import OUR_FAULT, TOO_FAST, Conversation, Guests
from channels_app.adapters.email.directory import Directory
from channels_app.adapters.email.headers import Headers

log = structlog.get_logger(__name__)

THREADS = 4
MOST_RECIPIENTS = 100
MOST_UNKNOWN = 20
STOP_SECONDS = 10.0

OK = "250 2.1.0 OK"
KEPT = "250 2.0.0 Kept"
UNKNOWN = "550 5.1.1 No mailbox of this desk has this address"
GOODBYE = "421 4.7.0 Too many unknown recipients"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients"

# What mail servers add on the way: two deliveries of one mail may differ in these.
_TRACE = {"received", "x-received", "delivered-to", "return-path", "x-original-to", "envelope-to"}
_TRACE_PREFIXES = ("arc-", "authentication-results", "dkim-signature", "received-spf", "x-spam", "x-virus")

T = TypeVar("T")


class Door:
    """Decides on recipients and keeps mails; called by every conversation, on one event loop."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.guests = Guests()
        self.busy = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="smtp")

    async def handle_MAIL(
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.guests.may_send(server.host, time.monotonic()):
            return TOO_FAST
        envelope.mail_from = address
        return OK

    async def handle_RCPT(
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY_RECIPIENTS
        if not self.directory.is_fresh:  # the database must not hold up the loop
            await self._in_thread(self.directory.refresh)
        if self.directory.channels_for([address]):
            envelope.rcpt_tos.append(address)
            return OK
        server.unknown += 1
        if server.unknown < MOST_UNKNOWN:
            return UNKNOWN
        server.hang_up()
        return GOODBYE

    async def take(self, host: str, envelope: Envelope, raw: bytes) -> str:
        """Journal a mail for every mailbox it is for; the answer to give when that is committed, or not."""
        self.busy += 1
        try:
            return await self._in_thread(
                keep,
                self.directory,
                raw,
                mail_from=envelope.mail_from or "",
                rcpt_tos=list(envelope.rcpt_tos),
                peer=host,
            )
        finally:
            self.busy -= 1

    async def close(self) -> None:
        """Waits for what is being journaled."""
        end = time.monotonic() + STOP_SECONDS
        while self.busy and time.monotonic() < end:
            await asyncio.sleep(0.05)
        self._threads.shutdown()

    async def _in_thread(self, call: Callable[..., T], *args: Any, **named: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, functools.partial(call, *args, **named))


def keep(directory: Directory, raw: bytes, *, mail_from: str, rcpt_tos: list[str], peer: str) -> str:
    """Journal one mail, for all its mailboxes or for none; 250 when it is on disk, 451 when it is not."""
    envelope = {
        "mail_from": charset.storable(mail_from),
        "rcpt_tos": [charset.storable(one) for one in rcpt_tos],
        "peer": peer,
    }
    close_old_connections()
    try:
        directory.refresh()
        if not all(directory.channels_for([one]) for one in rcpt_tos):
            return OUR_FAULT  # a mailbox went away since its RCPT: the next try is told so there
        key, named = source_key(raw), reading.named(raw)
        with transaction.atomic():
            for channel in directory.channels_for(rcpt_tos):
                inbound.journal(channel, key, raw, envelope=envelope, **named._asdict())
    except Exception as error:  # a database away, a full disk, a bug: the mail stays where it is safe
        log.error("smtp.not_kept", error=f"{type(error).__name__}: {error}")
        return OUR_FAULT
    finally:
        close_old_connections()
    return KEPT


def source_key(raw: bytes) -> str:
    """One key for one mail, however often and by whatever way it is delivered."""
    block = mime.header_block(raw)
    digest = hashlib.sha256()
    for name, value in Headers(block).fields:
        if name not in _TRACE and not name.startswith(_TRACE_PREFIXES):
            digest.update(b"%b:%b\n" % (name.encode(), value))
    digest.update(raw[len(block) :])
    return f"smtp:{digest.hexdigest()}"


class Listener(threading.Thread):
    """The listening socket with its event loop in a thread. Raises OSError when the port is taken."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(name="smtp-listener", daemon=True)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family)
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()

    def run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    def stop(self) -> None:
        """Takes no more mail and waits for what is being journaled."""
        if self.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
            self.join(STOP_SECONDS + 2)
        self._socket.close()

    async def _serve(self) -> None:
        door = Door()
        server = await self._loop.create_server(
            lambda: Conversation(door, door.guests, self._loop), sock=self._socket
        )
        await self._ended.wait()
        server.close()
        await door.close()
