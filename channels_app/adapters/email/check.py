"""Tries a mailbox's settings before they are kept, and says in one sentence what is wrong."""

import imaplib
import smtplib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from imap_tools import ImapToolsError

from channels_app.adapters.email import smtp, trouble
from channels_app.adapters.email.mailbox import MailBox, port_of


@dataclass(frozen=True)
class Outcome:
    """Whether it works, and the sentence for the admin."""

    ok: bool
    message: str


def test_imap(config: dict[str, Any], secrets: Mapping[str, str]) -> Outcome:
    """Sign in, open every folder, and count what would be taken. Never raises for trouble outside."""
    try:
        with closing(MailBox(config)) as box:
            box.sign_in(config, dict(secrets))
            count = sum(_count(box, folder, config) for folder in config.get("imap_folders") or ["INBOX"])
    except (OSError, imaplib.IMAP4.error, ImapToolsError, trouble.NoStartTls) as error:
        return Outcome(False, trouble.explain(error, config.get("imap_host", ""), port_of(config)))
    told = ngettext(
        "The mailbox opens. %(count)d mail will be taken.",
        "The mailbox opens. %(count)d mails will be taken.",
        count,
    )
    return Outcome(True, told % {"count": count})


def test_smtp(config: dict[str, Any], secrets: Mapping[str, str]) -> Outcome:
    """Connect and sign in, without sending. Never raises for trouble outside."""
    try:
        client = smtp.connect(config, dict(secrets), name="localhost")
        client.close()
    except (OSError, smtplib.SMTPException, trouble.NoStartTls) as error:
        return Outcome(False, trouble.explain(error, config.get("smtp_host", ""), smtp.port_of(config)))
    return Outcome(True, _("The outgoing server accepts the connection."))


def send_test_mail(config: dict[str, Any], secrets: Mapping[str, str], *, sender: str, to: str) -> Outcome:
    """Send a short mail from the mailbox to the admin. Never raises for trouble outside."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = _("A test mail from your help desk")
    mail["Date"], mail["Message-ID"] = localtime(), make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_("The mailbox %(address)s can send. Nothing else is to be done.") % {"address": sender})
    try:
        with closing(smtp.connect(config, dict(secrets), name="localhost")) as client:
            client.send_message(mail)
    except (OSError, smtplib.SMTPException, trouble.NoStartTls) as error:
        return Outcome(False, trouble.explain(error, config.get("smtp_host", ""), smtp.port_of(config)))
    return Outcome(True, _("A test mail is on its way to %(address)s.") % {"address": to})


def _count(box: MailBox, folder: str, config: dict[str, Any]) -> int:
    box.examine(folder)
    chosen = config.get("since")
    return len(box.uids_since(date.fromisoformat(chosen[:10]) if chosen else date.today()))
