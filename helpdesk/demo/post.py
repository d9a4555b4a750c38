"""The post of the demo: takes every mail the desk sends and lays it in a folder, where one can look at it.

A real SMTP server on loopback, so that a reply of the demo goes the whole way out and ends as sent.
"""

import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from channels_app.models import Channel
from helpdesk.accounts.models import Company

HOST = "127.0.0.1"
MARK = "demo_post"


def config(port: int = 0) -> dict[str, Any]:
    """The outgoing server of a demo mailbox."""
    return {"smtp_host": HOST, "smtp_port": port, "smtp_security": "none", MARK: True}


def folder() -> Path:
    return Path(settings.DATA_DIR) / "outbox"


def run(stop: threading.Event, preferred: int = 2626) -> None:
    """Serve until `stop`; the mailboxes of the demo learn the port, now and when they are made later."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    controller = _start(preferred)
    try:
        told = False
        while not told and not stop.wait(0.5):
            told = tell_mailboxes(controller.port)
        stop.wait()
    finally:
        controller.stop()


def tell_mailboxes(port: int) -> bool:
    """Point the demo's mailboxes at this port; False as long as there is no demo."""
    if not Company.load().is_demo:
        return False
    mailboxes = list(Channel.objects.filter(**{f"config__{MARK}": True}))
    for mailbox in mailboxes:
        mailbox.config = {**mailbox.config, **config(port)}
        mailbox.save(update_fields=["config"])
    return bool(mailboxes)


class Letterbox:
    """Keeps each mail as a file of its own, as mail programs open it."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        name = folder() / f"{secrets.token_hex(8)}.eml"
        with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        return "250 2.0.0 Kept in the outbox of the demo"


def _start(preferred: int) -> Controller:
    for port in range(preferred, preferred + 100):
        controller = Controller(Letterbox(), hostname=HOST, port=port)
        with suppress(OSError):
            controller.start()
            return controller
    raise OSError(f"no free port from {preferred} upwards")
