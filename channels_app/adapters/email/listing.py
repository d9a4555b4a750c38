"""What a mail server tells of its folders and of mails, without giving the mails themselves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from channels_app.adapters.email import charset, identity
from channels_app.adapters.email.headers import Headers, date
from channels_app.adapters.email.mailbox import MailBox

HEADINGS_AT_ONCE = 200
_HEADING = "(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID FROM DATE SUBJECT)])"
_UID = re.compile(rb"\bUID (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_JUNK_NAMES = re.compile(
    r"(^|[/.])(junk( e-?mail)?|spam|bulk( mail)?|спам|нежелательная почта|levélszemét|kéretlen( levelek)?"
    r"|spamverdacht|courrier indésirable|correo no deseado)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Folder:
    name: str
    is_junk: bool


@dataclass(frozen=True)
class Heading:
    """The head of one mail on the server."""

    uid: int
    arrived: datetime | None
    message_id: str
    sender: str
    subject: str


def folders(box: MailBox) -> list[Folder]:
    """Every folder that can be opened; junk by its special use (RFC 6154), else by its name."""
    found = [one for one in box.folder.list() if "\\noselect" not in _flags(one.flags)]
    return [
        Folder(one.name, "\\junk" in _flags(one.flags) or bool(_JUNK_NAMES.search(one.name))) for one in found
    ]


def headings(box: MailBox, uids: Iterable[int]) -> Iterator[Heading]:
    """The head of each of these mails that is still there, in the folder that is open."""
    asked = sorted(uids)
    for at in range(0, len(asked), HEADINGS_AT_ONCE):
        for told in box.ask(",".join(map(str, asked[at : at + HEADINGS_AT_ONCE])), _HEADING):
            if isinstance(told, tuple) and (uid := _UID.search(told[0])):
                yield _heading(int(uid[1]), told[0], told[1])


def _heading(uid: int, told: bytes, block: bytes) -> Heading:
    headers = Headers(block)
    arrived = _ARRIVED.search(told)
    senders = headers.addresses("from")
    return Heading(
        uid,
        date(arrived[1].strip()) if arrived else None,
        identity.mark(headers),
        charset.storable(senders[0][1] if senders else "")[:254],
        charset.storable(headers.text("subject"))[:200],
    )


def _flags(flags: Iterable[str]) -> set[str]:
    return {flag.lower() for flag in flags}
