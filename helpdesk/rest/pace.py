"""How fast a caller may go: so many requests a minute, counted in Redis, or here while Redis is away.

The headers follow draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` and `RateLimit`.
"""

import threading
import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from redis import Redis, RedisError

from helpdesk.rest.problems import Problem

log = structlog.get_logger(__name__)

WINDOW = 60  # seconds
REST = 5  # seconds without asking a Redis that has just failed
_redis: Redis = Redis.from_url(settings.REDIS_URL, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None)


@dataclass(frozen=True)
class Pace:
    """Where a caller stands in this minute."""

    limit: int
    used: int
    left_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={left};t={self.left_seconds}',
        }


class _Local(threading.local):
    """The counters of this thread, and until when Redis is left alone."""

    def __init__(self) -> None:
        self.minute = 0
        self.counts: dict[str, int] = {}
        self.rest_until = 0.0


_local = _Local()


def take(who: str, limit: int) -> Pace:
    """Count one request of `who`; raises Problem 429 once there were more than `limit` in this minute."""
    now = time.time()
    minute = int(now // WINDOW)
    pace = Pace(limit, _count(who, minute, now), WINDOW - int(now % WINDOW))
    if pace.used > limit:
        headers = {"Retry-After": str(pace.left_seconds), **pace.headers}
        detail = f"More than {limit} requests in a minute: wait {pace.left_seconds} seconds."
        raise Problem(429, "too-many", detail, headers=headers)
    return pace


def _count(who: str, minute: int, now: float) -> int:
    if now < _local.rest_until:
        return _count_here(who, minute)
    name = f"pace:{who}:{minute}"
    try:
        with _redis.pipeline(transaction=False) as both:
            both.incr(name)
            both.expire(name, 2 * WINDOW)
            return both.execute()[0]
    except RedisError as error:
        log.warning("pace.redis_away", error=type(error).__name__)
        _local.rest_until = now + REST
        return _count_here(who, minute)


def _count_here(who: str, minute: int) -> int:
    if _local.minute != minute:
        _local.minute, _local.counts = minute, {}
    _local.counts[who] = _local.counts.get(who, 0) + 1
    return _local.counts[who]
