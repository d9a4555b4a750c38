"""Too much mail from one sender: counted as it comes, kept aside beyond a limit, decided by a person.

The counters live in Redis and may be lost with it: then a flood is noticed a little later.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from redis import Redis, RedisError

from channels_app.models import Flood, InboundRecord
from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, Company, User
from helpdesk.wake import wake

log = structlog.get_logger(__name__)

NEWEST = timedelta(hours=24)  # what is older comes from a mailbox that was just connected
QUIET = timedelta(hours=1)  # after this, more mail of a sender that was decided about is another flood
REMEMBERED = 24 * 3600  # seconds; an outage of ours may deliver a day's mail at once

# One trip for one mail: the cache framework would make three.
_redis: Redis = Redis.from_url(settings.REDIS_URL, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None)
LIMITS_SECONDS = 5.0  # an admin who changes the limits waits for so long
_limits: tuple[float, Company] | None = None


def beyond(mails: Sequence[tuple[InboundRecord, str]], now: datetime) -> list[bool]:
    """Count these mails, each with its sender's address, and tell of each whether it is beyond the limit."""
    limits = _known_limits()
    span = max(limits.flood_minutes, 1) * 60
    keys = [
        f"flood:{int(record.arrived_at.timestamp()) // span}:{address}"
        if limits.flood_mails and not record.is_bulk and record.arrived_at >= now - NEWEST
        else ""
        for record, address in mails
    ]
    again = [record.attempts > 1 for record, _address in mails]
    counts = iter(_counted([pair for pair in zip(keys, again, strict=True) if pair[0]]))
    return [bool(key) and next(counts) > limits.flood_mails for key in keys]


def keeps_aside(record: InboundRecord, address: str, now: datetime) -> bool:
    """What is beyond the limit of its sender is kept aside, unless a person let that sender through."""
    if Flood.objects.filter(address=address, allowed=True).exists():
        return False
    _keep_aside(record, address, now)
    return True


@transaction.atomic
def let_through(flood: Flood, *, actor: User) -> None:
    """From now on this sender may write as much as it likes; what was kept aside is read now."""
    _settle(flood, actor, allowed=True)
    kept = InboundRecord.objects.filter(state=InboundRecord.State.AUTOMATIC, envelope__flood=flood.pk)
    kept.update(state=InboundRecord.State.PENDING, attempts=0, due_at=None, done_at=None)
    wake("inbound")


@transaction.atomic
def leave_aside(flood: Flood, *, actor: User) -> None:
    """It is a flood: its mail stays with the automatic mail, and the alarm ends until the next one."""
    _settle(flood, actor, allowed=False)


def _known_limits() -> Company:
    global _limits
    if _limits is None or time.monotonic() - _limits[0] > LIMITS_SECONDS:
        _limits = (time.monotonic(), Company.load())
    return _limits[1]


def _settle(flood: Flood, actor: User, *, allowed: bool) -> None:
    log.info("flood.settled", flood=flood.pk, allowed=allowed, by=actor.pk)
    told: dict[str, Any] = {
        "table": "channels_app.flood",
        "row": flood.pk,
        "fields": ["allowed"],
        "allowed": allowed,
    }
    audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, **told)
    Flood.objects.filter(pk=flood.pk).update(allowed=allowed, settled_at=timezone.now(), kept=0)


def _counted(keys: Sequence[tuple[str, bool]]) -> list[int]:
    """How many mails came under each key; 0 without a cache. One that is tried again counts once."""
    try:
        with _redis.pipeline(transaction=False) as pipe:
            for key, again in keys:
                pipe.incrby(key, 0 if again else 1)
                pipe.expire(key, REMEMBERED)
            return [int(count) for count in pipe.execute()[::2]]
    except RedisError as error:
        log.warning("flood.uncounted", error=repr(error))
        return [0] * len(keys)


@transaction.atomic
def _keep_aside(record: InboundRecord, address: str, now: datetime) -> None:
    flood, begun = Flood.objects.get_or_create(
        address=address[:254], defaults={"channel": record.channel, "began_at": now, "last_at": now}
    )
    anew = flood.settled_at is not None and flood.last_at < now - QUIET
    again = {"began_at": now, "settled_at": None} if anew else {}
    Flood.objects.filter(pk=flood.pk).update(last_at=now, kept=F("kept") + 1, **again)
    if begun or again:
        log.warning("flood.began", flood=flood.pk)
    envelope = {**record.envelope, "flood": flood.pk}
    InboundRecord.objects.filter(pk=record.pk).update(envelope=envelope)
