"""How many tickets a view holds: counted once for a view and a set of permissions, kept a while in Valkey.

A kept count is good as long as no ticket has changed since. On a busy desk, where one changes all the time,
it is good for some seconds more, but never for somebody who has changed a ticket themselves since then.
Without Valkey every page counts for itself.
"""

import hashlib
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.db.models import QuerySet
from redis import Redis, RedisError

from helpdesk.accounts.models import User
from helpdesk.prepared import capped_counts
from tickets import live

log = structlog.get_logger(__name__)

KEPT = 30.0  # seconds, while nothing changes: what falls due by the clock alone is told so late at most
BUSY = 3.0  # seconds, while tickets change
COSTLY = 20  # a count that took long is kept so many times as long
LIGHT = 0.02  # seconds; slow ones that took less the last time are counted with the quick ones

_redis: Redis = Redis.from_url(settings.REDIS_URL, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None)


@dataclass(frozen=True)
class Wanted:
    """A count: `key` holds all that the rows counted depend on."""

    key: Hashable
    rows: Callable[[], QuerySet[Any]]
    is_told: bool = True
    """Whether every change of these rows is told as a change; otherwise it is kept for moments only."""

    @property
    def place(self) -> str:
        digest = hashlib.sha256(repr(self.key).encode()).hexdigest()[:32]
        return f"{settings.LIVE_PREFIX}:count:{digest}"


@dataclass(frozen=True)
class Found:
    counts: dict[str, int]
    is_due: bool
    """Whether a slow one is missing, or older than it should be."""


@dataclass(frozen=True)
class _Known:
    count: int
    change: int
    at: float
    cost: float


Group = tuple[Hashable, Callable[[], Mapping[str, QuerySet[Any]]]]


def count(
    user: User,
    quick: Mapping[str, Wanted],
    slow: Mapping[str, Wanted],
    *,
    cap: int,
    wait: bool,
    also: Iterable[Group] = (),
) -> Found:
    """The counts by name, up to `cap`: `quick` and `also` in one query, each of `slow` alone if one waits.

    Of the slow ones those that turned out to be light come with the quick ones.
    Without waiting the slow ones are as they were last counted, or missing.
    """
    wanted = {**quick, **slow}
    known, change, acted = _known(user, wanted)
    counts = {
        name: known[name].count
        for name, one in wanted.items()
        if _is_good(known.get(name), change if one.is_told else -1, acted)
    }
    due = [name for name in slow if name not in counts]
    light = [name for name in due if wait and name in known and known[name].cost < LIGHT]
    together = [*(name for name in quick if name not in counts), *light]
    groups = [*(_only(name, wanted[name]) for name in together), *also]
    begun = time.time()
    counted = capped_counts(groups, cap=cap) if groups else {}
    fresh = {name: _Known(counted[name], change, begun, 0.0) for name in together}
    for name in due if wait else ():
        if name not in fresh:
            fresh[name] = _one(slow[name], cap, change)
    _keep({wanted[name].place: one for name, one in fresh.items()})
    counts |= counted | {name: one.count for name, one in fresh.items()}
    if not wait:
        counts |= {name: known[name].count for name in due if name in known and known[name].change >= acted}
    return Found(counts=counts, is_due=bool(due) and not wait)


def _one(wanted: Wanted, cap: int, change: int) -> _Known:
    begun = time.time()
    found = capped_counts([_only("it", wanted)], cap=cap)["it"]
    return _Known(found, change, begun, time.time() - begun)


def _only(name: str, wanted: Wanted) -> Group:
    """A group of this count alone. The name is part of the key: two views may hold the same."""
    return (name, wanted.key), lambda: {name: wanted.rows()}


def _is_good(known: _Known | None, change: int, acted: int) -> bool:
    if known is None:
        return False
    age = time.time() - known.at
    if known.change == change:
        return age < KEPT
    return known.change >= acted and age < min(KEPT, max(BUSY if KEPT else 0, COSTLY * known.cost))


def _known(user: User, wanted: Mapping[str, Wanted]) -> tuple[dict[str, _Known], int, int]:
    """What is kept, the number of the last change, and that of this colleague's own last one."""
    if not KEPT:
        return {}, 0, 0
    places = [one.place for one in wanted.values()]
    try:
        change, acted, *kept = _redis.mget([live.CHANGES, live.acted(user.pk), *places])
    except RedisError as error:
        log.warning("counts.redis_away", error=type(error).__name__)
        return {}, 0, 0
    known = {name: _read(text) for name, text in zip(wanted, kept, strict=True) if text}
    return known, int(change or 0), int(acted or 0)


def _keep(fresh: Mapping[str, _Known]) -> None:
    if not (fresh and KEPT):
        return
    try:
        with _redis.pipeline(transaction=False) as pipe:
            for place, one in fresh.items():
                pipe.set(place, f"{one.count} {one.change} {one.at} {one.cost}", ex=int(KEPT) * 4)
            pipe.execute()
    except RedisError as error:
        log.warning("counts.redis_away", error=type(error).__name__)


def _read(text: bytes | str) -> _Known:
    count, change, at, cost = text.split()
    return _Known(int(count), int(change), float(at), float(cost))
