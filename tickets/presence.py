"""Who has which ticket before them, and who is writing on it: known for moments, in Valkey alone.

Nothing depends on it: without Valkey nobody is seen, and everything else goes on.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from django.conf import settings
from redis import Redis, RedisError

from helpdesk.accounts.models import User

log = structlog.get_logger(__name__)

LASTS = 75.0  # seconds without a sign of life
WRITES = 15.0  # seconds after the last key

# One hash for the whole desk: a list asks once for all its rows, and few people work at a time.
_PLACE = f"{settings.LIVE_PREFIX}:here"
_redis: Redis = Redis.from_url(
    settings.REDIS_URL, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None, decode_responses=True
)


@dataclass(frozen=True, slots=True)
class Here:
    """A colleague before a ticket."""

    user_id: int
    name: str
    initials: str
    writes: bool


def come(ticket_id: int, user: User, *, writes: bool = False) -> bool:
    """The colleague looks at this ticket, or writes on it; whether that is news."""
    now = time.time()
    field = f"{ticket_id}:{user.pk}"
    said = json.dumps([now + LASTS, now + WRITES if writes else 0, str(user), user.initials])
    try:
        before = _read(_redis.hget(_PLACE, field), now)
        _redis.hset(_PLACE, field, said)
        _redis.expire(_PLACE, 3600)
    except RedisError as error:
        log.warning("presence.redis_away", error=type(error).__name__)
        return False
    return before is None or before.writes != writes


def go(ticket_id: int, user_id: int) -> bool:
    """The colleague has turned away; whether they were there."""
    try:
        return bool(_redis.hdel(_PLACE, f"{ticket_id}:{user_id}"))
    except RedisError as error:
        log.warning("presence.redis_away", error=type(error).__name__)
        return False


def of(ticket_ids: Iterable[int], *, but: int = 0) -> dict[int, list[Here]]:
    """Who is where among these tickets; the colleague `but` is left out, no permission is checked."""
    wanted, now = set(ticket_ids), time.time()
    try:
        known = _redis.hgetall(_PLACE) if wanted else {}
    except RedisError as error:
        log.warning("presence.redis_away", error=type(error).__name__)
        return {}
    found: dict[int, list[Here]] = {}
    over = []
    for field, said in known.items():
        ticket_id, _colon, user_id = str(field).partition(":")
        here = _read(said, now, int(user_id))
        if here is None:
            over.append(str(field))
        elif int(ticket_id) in wanted and here.user_id != but:
            found.setdefault(int(ticket_id), []).append(here)
    _sweep(over)
    return found


def _read(said: bytes | str | None, now: float, user_id: int = 0) -> Here | None:
    if said is None:
        return None
    until, writes_until, name, initials = json.loads(said)
    return Here(user_id, name, initials, writes_until > now) if until > now else None


def _sweep(over: list[str]) -> None:
    """Who went without a word is forgotten by whoever looks next."""
    if not over:
        return
    try:
        _redis.hdel(_PLACE, *over)
    except RedisError as error:
        log.warning("presence.redis_away", error=type(error).__name__)
