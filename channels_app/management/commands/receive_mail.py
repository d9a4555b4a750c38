"""`manage.py receive_mail [--mailbox ADDRESS] FILE…`: raw mails through the desk's own door."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from channels_app import inbound
from channels_app.adapters.email import directory, identity, listener, mime, reading
from channels_app.adapters.email.headers import Headers
from channels_app.models import Channel, InboundRecord
from tickets.models import Message


class Command(BaseCommand):
    help = "Takes raw mails in as if they had come by mail, and prints what became of each, a line of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a raw mail (RFC 5322)")
        parser.add_argument(
            "--mailbox", metavar="ADDRESS", help="else the one it is addressed to, or the first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mailboxes = list(Channel.objects.active().filter(kind=Channel.Kind.EMAIL).order_by("id"))
        for path in options["files"]:
            self.stdout.write(json.dumps({"file": path, **_received(path, options["mailbox"], mailboxes)}))


def _received(path: str, mailbox: str | None, mailboxes: list[Channel]) -> dict[str, Any]:
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        return {"state": "", "ticket": None, "error": str(error)}
    channel, key = _channel(raw, mailbox, mailboxes), listener.source_key(raw)
    inbound.journal(channel, key, raw, **reading.named(raw)._asdict())
    inbound.drain()
    record = InboundRecord.objects.get(channel=channel, source_key=key)
    message = Message.objects.filter(record=record).first()
    return {"state": record.state, "ticket": message.ticket_id if message else None, "error": record.error}


def _channel(raw: bytes, mailbox: str | None, mailboxes: list[Channel]) -> Channel:
    """The mailbox a mail belongs to. Raises CommandError when the desk has none."""
    headers = Headers(mime.header_block(raw))
    named = [mailbox] if mailbox else [one for _name, one in headers.addresses(*identity.RECIPIENT_FIELDS)]
    wanted = {directory.plain(one) for one in named}
    fitting = [
        one for one in mailboxes if any(directory.plain(address) in wanted for address in one.addresses)
    ]
    if fitting or (mailboxes and not mailbox):
        return (fitting or mailboxes)[0]
    raise CommandError("The desk has no such mailbox." if mailbox else "The desk has no mailbox.")
