"""One SMTP connection: aiosmtpd's, with DATA read in blocks and every exception told as a fault of ours."""

import asyncio
import re
from collections import Counter, defaultdict, deque
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP
from django.conf import settings

log = structlog.get_logger(__name__)

MOST_CONNECTIONS = 100
MOST_FROM_ONE_HOST = 50
MOST_MAILS_A_MINUTE = 6000  # of one host: a relay in a hurry may, a mad one may not
SILENCE_SECONDS = 120.0
BLOCK = 64 * 1024  # lines longer than RFC 5322 allows are common: no line is refused

_PLAIN_ADDRESS = re.compile(r"<([^<>@\s\"]+@[^<>@\s\"]+|)>\s*(.*)")

OUR_FAULT = "451 4.3.0 A fault of ours, please try again later"
TOO_MANY = "421 4.7.0 Too many connections, please come again later"
TOO_FAST = "450 4.7.1 Too many mails in a minute, please try again later"
TOO_LARGE = "552 5.3.4 This mail is larger than we take"


class Guests:
    """Who is connected, and how much each host sent in the last minute."""

    def __init__(self) -> None:
        self.connected: Counter[str] = Counter()
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)

    def enter(self, host: str) -> bool:
        """Count a connection in; False when there are too many."""
        self.connected[host] += 1
        return self.connected.total() <= MOST_CONNECTIONS and self.connected[host] <= MOST_FROM_ONE_HOST

    def leave(self, host: str) -> None:
        self.connected[host] -= 1
        if self.connected[host] <= 0:
            del self.connected[host]

    def may_send(self, host: str, now: float) -> bool:
        """Count a mail; False when this host sent too many in the last minute."""
        sent = self._sent[host]
        while sent and sent[0] < now - 60:
            sent.popleft()
        if len(sent) >= MOST_MAILS_A_MINUTE:
            return False
        sent.append(now)
        return True


class Conversation(SMTP):
    """Talks until the other side leaves; `door` decides what is let in."""

    line_length_limit = BLOCK

    def __init__(self, door: Any, guests: Guests, loop: asyncio.AbstractEventLoop) -> None:
        self.door, self.guests = door, guests
        self.host = ""
        self.unknown = 0
        super().__init__(
            door,
            data_size_limit=settings.MAIL_MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname=next(iter(settings.ALLOWED_HOSTS), "localhost"),
            ident="help desk",
            timeout=SILENCE_SECONDS,
            loop=loop,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.host = str((transport.get_extra_info("peername") or [""])[0])
        if not self.guests.enter(self.host):
            self._writer.write(f"{TOO_MANY}\r\n".encode())
            self.hang_up()

    def connection_lost(self, error: Exception | None) -> None:
        self.guests.leave(self.host)
        super().connection_lost(error)

    def hang_up(self) -> None:
        """Close once what was said has been sent."""
        if self.transport is not None:
            self.loop.call_soon(self.transport.close)

    async def handle_exception(self, error: Exception) -> str:
        log.error("smtp.failed", error=f"{type(error).__name__}: {error}")
        return OUR_FAULT

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """The plain form at once; the library's full grammar takes half of a conversation's time."""
        simple = _PLAIN_ADDRESS.fullmatch(arg)
        return (simple[1] or "<>", simple[2]) if simple else super()._getaddr(arg)

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self.check_helo_needed():
            return
        envelope = self.envelope
        if arg or envelope is None or not envelope.rcpt_tos:
            await self.push("501 5.5.4 Syntax: DATA" if arg else "503 5.5.1 Need RCPT first")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        raw = await self._read_mail()
        try:
            status = TOO_LARGE if raw is None else await self.door.take(self.host, envelope, raw)
        finally:
            self._set_post_data_state()
        await self.push(status)

    async def _read_mail(self) -> bytes | None:
        """The mail up to its lone dot, None when it is too large (it is read to its end all the same)."""
        self._reader.feed_data(b"\r\n")  # so that the dot of an empty mail follows a line end too
        blocks, size, ended = [], 0, False
        while not ended:
            try:
                block = await self._reader.readuntil(b"\r\n.\r\n")
                ended = True
            except asyncio.LimitOverrunError as full:
                block = await self._reader.read(full.consumed)
            self._reset_timeout()
            size += len(block)
            if size <= settings.MAIL_MAX_BYTES:
                blocks.append(block)
        if size > settings.MAIL_MAX_BYTES:
            return None
        # Leading dots of lines fall (RFC 5321 4.5.2): the one of the end, too.
        return b"".join(blocks).replace(b"\r\n.", b"\r\n")[2:-2]
