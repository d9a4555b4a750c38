"""What makes a mail itself: its id, its content, what it answers, whom it comes from."""

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from channels_app.adapters.email import charset
from channels_app.adapters.email.contents import Contents
from channels_app.adapters.email.headers import Headers, ids
from channels_app.messages import read_token, token_in_id
from tickets.threads import subjects

MAX_ID = 255
MAX_REFERENCES = 50
ROOT_BYTES = 22  # of a Thread-Index: when and which; each answer adds five
NOBODY = "<>"  # the return path of what must never be answered (RFC 5321 4.5.5)
DELIVERY_FIELDS = ("x-original-to", "envelope-to", "x-envelope-to", "delivered-to")
RECIPIENT_FIELDS = ("to", "cc", *DELIVERY_FIELDS)

_TOKEN = re.compile(r"\+[tb]\.([0-9a-f]+\.[a-z2-7]+)(?:\.[0-9a-f]{16})?@", re.IGNORECASE)


def external_id(headers: Headers, digest: str) -> str:
    """The Message-ID without brackets, never empty and never too long for its column."""
    found = ids(headers.raw("message-id")) or [headers.plain("message-id").strip("<> ")]
    return short(found[0]) if found[0] else f"digest:{digest}"


def mark(headers: Headers) -> str:
    """What a mail is known again by wherever it lies: its Message-ID, else a digest of its head."""
    if found := ids(headers.raw("message-id")):
        return charset.storable(short(found[0]))
    head = "\0".join(headers.text(name) for name in ("from", "date", "subject"))
    return f"head:{hashlib.sha256(head.encode()).hexdigest()}"


def short(message_id: str) -> str:
    """A Message-ID as it is kept: one that is too long by its hash."""
    if len(message_id) <= MAX_ID:
        return message_id
    return f"sha256:{hashlib.sha256(message_id.encode()).hexdigest()}"


def digest(headers: Headers, contents: Contents) -> str:
    """sha256 hex of what the sender made; the marks of its journey do not change it (RFC 5321 4.4)."""
    parts = [headers.text("from"), headers.text("date"), subjects.untagged(headers.text("subject"))]
    parts += [contents.text.rstrip(), contents.html.rstrip()]
    parts += [hashlib.sha256(file.content).hexdigest() for file in contents.files]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def references(headers: Headers) -> tuple[str, ...]:
    """Ids of earlier messages, the nearest first (RFC 5322 3.6.4); last Outlook's own, where it goes on."""
    cited = [*ids(headers.raw("in-reply-to")), *reversed(ids(headers.raw("references")))]
    found = tuple(dict.fromkeys(short(one) for one in cited if one))[:MAX_REFERENCES]
    root, goes_on = _outlooks(headers)
    return (*found, root) if goes_on else found


def conversation(headers: Headers) -> str:
    """Outlook's own id of a conversation, which outlives gateways that rewrite all others; "" without one."""
    return _outlooks(headers)[0]


def _outlooks(headers: Headers) -> tuple[str, bool]:
    """The root of a Thread-Index, and whether an answer goes on from it (MS-OXOMSG 2.2.1.3)."""
    raw = headers.raw("thread-index")
    if not raw:
        return "", False
    try:
        index = base64.b64decode(b"".join(raw.split()), validate=True)
    except ValueError:
        return "", False
    if len(index) < ROOT_BYTES:
        return "", False
    return f"thread-index:{index[:ROOT_BYTES].hex()}", len(index) > ROOT_BYTES


def token(headers: Headers, envelope_recipients: Iterable[str], cited: Iterable[str]) -> str:
    """The first reply token of ours in an address it was sent to or in an id it cites, else ""."""
    addresses = [address for _name, address in headers.addresses(*RECIPIENT_FIELDS)]
    found = [
        mark[1]
        for address in [*addresses, *envelope_recipients]
        for mark in _TOKEN.finditer(unquote(address))
    ]
    found += [one for message_id in cited if (one := token_in_id(message_id))]
    return next((one.lower() for one in found if read_token(one.lower()) is not None), "")


def return_path(headers: Headers, envelope: dict[str, Any]) -> str:
    """Where the envelope said it comes from: NOBODY for a notice of a machine, "" when nothing tells."""
    if "mail_from" in envelope:
        return str(envelope["mail_from"]).strip() or NOBODY
    return headers.plain("return-path").replace(" ", "")


def sender(headers: Headers, path: str) -> tuple[str, str]:
    """(name, address) of who wrote; the address is "" when nothing names anybody.

    Without a whole address in From, its name goes with the address of another field, and a machine's local
    name ("MAILER-DAEMON") is better than none.
    """
    if named := headers.addresses("from"):
        return named[0]
    name, local = headers.somebody("from")
    for other_name, address in headers.addresses("reply-to") or headers.addresses("sender"):
        return name or other_name, address
    returned = path.strip("<> ")
    return name, local if local and not returned else returned
