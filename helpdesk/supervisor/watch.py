"""Finds processes that are alive but no longer at work."""

import time

from django.conf import settings
from django.db import DatabaseError, connection
from redis import Redis, RedisError

from helpdesk.health.models import PULSE, SILENCE, Heartbeat

EVERY = 5.0


class Watch:
    """Reads the heartbeats, and blames nobody for a silence in which a server was away."""

    def __init__(self) -> None:
        self._fair_since = self._looked = time.monotonic()

    def silent(self, names: set[str]) -> set[str]:
        """Which of `names` have an overdue heartbeat; looks at most every EVERY seconds."""
        now = time.monotonic()
        if now - self._looked < EVERY:
            return set()
        self._looked = now
        try:
            with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as redis:
                redis.ping()
            fresh = set(Heartbeat.objects.fresh().values_list("name", flat=True))
        except (DatabaseError, RedisError):
            self._fair_since = now
            return set()
        finally:
            connection.close()  # a fork must not inherit it
        return names - fresh if now - self._fair_since > PULSE + SILENCE else set()
