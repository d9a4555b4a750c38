"""Fetched mails and the journal: under which key each is kept, and which it has."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from channels_app import inbound
from channels_app.adapters.email import reading
from channels_app.adapters.email.mailbox import Mail
from channels_app.models import Channel, InboundRecord

KEYS_AT_ONCE = 5000


def keep(channel: Channel, folder: str, prefix: str, mail: Mail, *, is_bulk: bool = False) -> None:
    """Journal a mail, unless it is there already."""
    arrived = mail.arrived or timezone.now()
    inbound.journal(
        channel,
        f"{prefix}{mail.uid}",
        mail.raw,
        envelope={"folder": folder, "uid": mail.uid, "received_at": arrived.isoformat()},
        arrived_at=arrived,
        is_bulk=is_bulk,
        **reading.named(mail.raw)._asdict(),
    )


def journaled(channel: Channel, prefix: str, uids: Iterable[int]) -> set[int]:
    """Which of these the journal has."""
    return set(arrivals(channel, prefix, uids))


def arrivals(channel: Channel, prefix: str, uids: Iterable[int]) -> dict[int, datetime]:
    """Of those the journal has, when they arrived at the server."""
    asked = sorted(uids)
    found: dict[int, datetime] = {}
    for at in range(0, len(asked), KEYS_AT_ONCE):
        keys = [f"{prefix}{uid}" for uid in asked[at : at + KEYS_AT_ONCE]]
        records = InboundRecord.objects.filter(channel=channel, source_key__in=keys)
        for key, arrived in records.values_list("source_key", "arrived_at"):
            found[int(key.rpartition(":")[2])] = arrived
    return found


def since(channel: Channel) -> date:
    """From which day on mail is taken: the admin's choice, else the day the mailbox was connected."""
    chosen = channel.config.get("since")
    return date.fromisoformat(chosen[:10]) if chosen else channel.connected_at.date()


def key_prefix(folder: str, uidvalidity: int) -> str:
    """What a folder's source keys begin with; a name too long for the column is shortened by its digest."""
    name = folder if len(folder) <= 150 else hashlib.sha256(folder.encode()).hexdigest()
    return f"{name}:{uidvalidity}:"
