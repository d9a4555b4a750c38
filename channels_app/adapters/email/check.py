"""Tries a mailbox's settings step by step, and says what is wrong and what to do about it."""

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from imap_tools import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from channels_app.adapters.email import remedies, smtp, trouble
from channels_app.adapters.email.mailbox import MailBox, port_of
from channels_app.adapters.email.network import PrivateAddress
from channels_app.consent import ConsentLost

IMAP_STEPS = ("name", "port", "encryption", "sign_in", "folder", "mails")
SMTP_STEPS = ("name", "port", "encryption", "sign_in")
TROUBLE = (
    OSError,
    imaplib.IMAP4.error,
    ImapToolsError,
    smtplib.SMTPException,
    trouble.NoStartTls,
    ConsentLost,
)


@dataclass(frozen=True)
class Step:
    """One step of a test: done, failed, or not come to (None)."""

    title: str
    ok: bool | None


@dataclass(frozen=True)
class Outcome:
    """Whether it works, the sentence for the admin, and what to do if it does not."""

    ok: bool
    message: str
    remedy: str = field(default="", compare=False)
    steps: tuple[Step, ...] = field(default=(), compare=False)


def test_imap(config: dict[str, Any], secrets: Mapping[str, str]) -> Outcome:
    """Sign in, open every folder, and count what would be taken. Never raises for trouble outside."""
    if not config.get("imap_host"):
        return Outcome(False, _("No server is named."))
    try:
        with closing(MailBox(config)) as box:
            box.sign_in(config, dict(secrets))
            count = sum(_count(box, folder, config) for folder in config.get("imap_folders") or ["INBOX"])
    except TROUBLE as error:
        return failed(error, config, "imap", port_of(config))
    told = ngettext(
        "The mailbox opens. %(count)d mail will be taken.",
        "The mailbox opens. %(count)d mails will be taken.",
        count,
    )
    return Outcome(True, told % {"count": count}, steps=_steps(IMAP_STEPS, config, "imap"))


def test_smtp(config: dict[str, Any], secrets: Mapping[str, str]) -> Outcome:
    """Connect and sign in, without sending. Never raises for trouble outside."""
    if not config.get("smtp_host"):
        return Outcome(False, _("No server is named."))
    try:
        client = smtp.connect(config, dict(secrets), name="localhost")
        client.close()
    except TROUBLE as error:
        return failed(error, config, "smtp", smtp.port_of(config))
    steps = _steps(SMTP_STEPS, config, "smtp")
    return Outcome(True, _("The outgoing server accepts the connection."), steps=steps)


def failed(error: BaseException, config: dict[str, Any], kind: str, port: int) -> Outcome:
    """What a failure of `imap` or `smtp` means for whoever sets the mailbox up."""
    host, security = config.get(f"{kind}_host", ""), config.get(f"{kind}_security", "tls")
    answer = trouble.answer(error)
    at = _failed_at(error)
    if at == "encryption" and security == "none":
        at = "port"
    return Outcome(
        False,
        trouble.explain(error, host, port),
        remedies.remedy(error, answer, host=host, port=port, security=security),
        _steps(IMAP_STEPS if kind == "imap" else SMTP_STEPS, config, kind, at),
    )


def _failed_at(error: BaseException) -> str:
    match error:
        case socket.gaierror() | PrivateAddress():
            return "name"
        case ssl.SSLError() | trouble.NoStartTls():
            return "encryption"
        case ConsentLost():
            return "sign_in"
        case MailboxLoginError() | smtplib.SMTPAuthenticationError() | smtplib.SMTPNotSupportedError():
            return "sign_in"
        case MailboxFolderSelectError():
            return "folder"
        case imaplib.IMAP4.abort() | smtplib.SMTPServerDisconnected():  # it took the call and hung up
            return "encryption"
        case smtplib.SMTPResponseException():
            return "sign_in"
        case OSError():
            return "port"
    return "mails"


def _steps(names: tuple[str, ...], config: dict[str, Any], kind: str, failed: str = "") -> tuple[Step, ...]:
    """The steps of a test as far as they were come to."""
    if config.get(f"{kind}_security") == "none":
        names = tuple(name for name in names if name != "encryption")
    if kind == "smtp" and not config.get("smtp_user"):
        names = tuple(name for name in names if name != "sign_in" or failed == "sign_in")
    reached: bool | None = True
    steps = []
    for name in names:
        state = False if name == failed else reached
        steps.append(Step(_title(name), state))
        reached = None if name == failed else reached
    return tuple(steps)


def _title(name: str) -> str:
    return {
        "name": _("Name of the server"),
        "port": _("Port"),
        "encryption": _("Encryption and certificate"),
        "sign_in": _("Sign-in"),
        "folder": _("Folder"),
        "mails": _("Mails"),
    }[name]


def _count(box: MailBox, folder: str, config: dict[str, Any]) -> int:
    box.examine(folder)
    chosen = config.get("since")
    return len(box.uids_since(date.fromisoformat(chosen[:10]) if chosen else date.today()))
