"""Nudging the workers. Rows are the queues; a nudge only says "there is something to drain"."""

import structlog
from celery import current_app
from django.conf import settings
from redis import Redis, RedisError

from helpdesk.aftermath import Aftermath

log = structlog.get_logger(__name__)

# At most one nudge a queue is under way: the mark falls when a worker begins to drain, or by itself.
MARK_SECONDS = 10
BUSY_MS = 1500  # no more nudges than that while all are busy; who works looks again when it is through
_redis: Redis = Redis.from_url(settings.REDIS_URL, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None)


def wake(name: str) -> None:
    """After commit, ask a worker to drain the queue `name`. Never raises, never blocks over 0.1 s."""
    _filled.add(name)


def begin_drain(name: str) -> None:
    """A worker has begun to drain `name`: what is written from now on needs a nudge of its own."""
    _lower(name)


def ask_again(name: str) -> None:
    """There is more than was taken: one more nudge, for one that is under way may meet a busy worker."""
    _lower(name)
    _filled.add(name)


def fall_soon(name: str) -> None:
    """The nudge met a worker that was busy with `name`: the next one may meet an idle one, and soon."""
    try:
        _redis.pexpire(_mark(name), BUSY_MS)
    except RedisError:
        log.warning("wake.redis_away", queue=name)


def _lower(name: str) -> None:
    try:
        _redis.delete(_mark(name))
    except RedisError:
        log.warning("wake.redis_away", queue=name)


def _nudge_all(names: set[str]) -> None:
    for name in names:
        _nudge(name)


def _nudge(name: str) -> None:
    try:
        if _redis.set(_mark(name), 1, nx=True, ex=MARK_SECONDS):
            current_app.send_task(f"wake.{name}", ignore_result=True, retry=False, expires=60)
    except Exception as error:  # the beat sweeps whatever a lost nudge leaves behind
        log.warning("wake.lost", queue=name, error=type(error).__name__)


def _mark(name: str) -> str:
    return f"wake:{name}"


_filled = Aftermath(_nudge_all)
