"""A mailbox full of old mail, written as Dovecot keeps it: fifty thousand deliveries would take an hour."""

import os
import pwd
from datetime import datetime, timedelta
from pathlib import Path

from bench import mails
from tests.mailservers import OWNER


def laid_down(folder: Path, count: int, *, to: str, until: datetime, span: timedelta) -> set[str]:
    """Puts `count` mails that arrived in the `span` before `until` into a maildir; their Message-IDs.

    The time of a file is when its mail arrived (the IMAP server's INTERNALDATE).
    """
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    first, step = (until - span).timestamp(), span.total_seconds() / max(count, 1)
    ids: set[str] = set()
    for number, mail in enumerate(
        mails.generate(count, seed=count, to=to, moment=lambda place: first + place * step)
    ):
        moment = first + number * step
        path = folder / "cur" / f"{int(moment)}.M{number}P1.old:2,S"
        path.write_bytes(mail.raw)
        os.utime(path, (moment, moment))
        ids.add(mail.message_id)
    _given_to_owner(folder)
    return ids


def _given_to_owner(folder: Path) -> None:
    owner = pwd.getpwnam(OWNER)
    for path in (folder.parent, folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)
