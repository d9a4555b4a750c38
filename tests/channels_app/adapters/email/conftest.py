"""A mailbox on a real Dovecot, and mail that is laid into it."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from channels_app.models import Channel
from tests.channels_app.adapters.email.mails import raw
from tests.mailservers import PASSWORD, Dovecot


@pytest.fixture
def box(mailbox: Channel, dovecot: Dovecot, settings) -> Channel:
    """A mailbox nobody else uses."""
    mailbox.config = {
        "imap_host": "127.0.0.1",
        "imap_port": dovecot.port,
        "imap_security": "none",
        "imap_user": f"{uuid4().hex}@desk.example",
        "since": "2026-01-01",
    }
    mailbox.secrets = {"imap_password": PASSWORD}
    mailbox.save()
    settings.SMTP_LISTENER_PORT = 0
    return mailbox


@pytest.fixture
def put(box: Channel, dovecot: Dovecot) -> Callable[..., None]:
    """Lays a mail into the mailbox."""

    def put(subject: str = "Where is my parcel?", **options) -> None:
        mail = options.pop("mail", None) or raw(Subject=subject, Message_ID=f"<{uuid4().hex}@x>")
        dovecot.put(box.config["imap_user"], mail, **options)

    return put
