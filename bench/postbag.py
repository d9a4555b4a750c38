"""The other side of the wire: mail servers that deliver until they are believed, and one that counts."""

import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from typing import TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, InterfaceError, connection

from bench.mails import Mail

HOST = "127.0.0.1"
T = TypeVar("T")


class Sink:
    """An SMTP server that counts what it took by Message-ID."""

    def __init__(self, port: int) -> None:
        self.taken: Counter[str] = Counter()
        self.controller = Controller(self, hostname=HOST, port=port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        head = (envelope.original_content or b"").partition(b"\r\n\r\n")[0]
        self.taken[message_from_bytes(head)["Message-ID"].strip("<> ")] += 1
        return "250 2.0.0 Counted"


def relay(mail: Mail, to: str, port: int) -> None:
    """Hand a mail to the desk's listener as a relay does: again and again, until it says 250."""
    while True:
        try:
            with smtplib.SMTP(HOST, port, timeout=20) as line:
                line.sendmail(mail.sender, [to], mail.raw)
            return
        except (OSError, smtplib.SMTPException):
            time.sleep(0.3)


def patiently(ask: Callable[[], T], stop: threading.Event | None = None) -> T:
    """The answer of the database, whatever it takes."""
    while True:
        try:
            return ask()
        except (DatabaseError, InterfaceError):
            connection.close()
            if stop and stop.is_set():
                raise
            time.sleep(0.3)
