"""Live hints: names of what changed, never content. At most once; pages fetch again after a reconnect."""

import structlog
from channels.layers import get_channel_layer
from django.conf import settings
from redis import Redis, RedisError

from helpdesk.aftermath import Aftermath

log = structlog.get_logger(__name__)

_redis: Redis = Redis.from_url(settings.REDIS_URL, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None)

CHANGES = f"{settings.LIVE_PREFIX}:changes"
"""Where the number of the last change stands, by which counts know whether they are still true."""
REMEMBERED = 300  # seconds; no count is kept for as long
_BY = "by "  # before the id of who did it, among the names


def acted(user_id: int | str) -> str:
    """Where the number of this colleague's own last change stands."""
    return f"{settings.LIVE_PREFIX}:acted:{user_id}"


def publish(*names: str, by: int | None = None) -> None:
    """After commit, tell every open page that listens to one of `names` (such as "ticket-7"). Never raises.

    `by` is the colleague who did it: what they see from then on is not older.

    A synchronous PUBLISH in the channel layer's own format: `async_to_sync(group_send)` costs 30 times that.
    """
    _changed.add(*names, *([f"{_BY}{by}"] if by is not None else []))


def tell(group: str, name: str) -> None:
    """Tell those who listen to `group` of something that is no change of a row: at once. Never raises."""
    hint = get_channel_layer().serialize({"type": "live.hint", "name": name})
    try:
        _redis.publish(f"{settings.LIVE_PREFIX}__group__{group}", hint)
    except RedisError as error:
        log.warning("live.lost", names=[name], error=type(error).__name__)


def _tell(names: set[str]) -> None:
    actors = {name.removeprefix(_BY) for name in names if name.startswith(_BY)}
    try:
        change = _publish({name for name in names if not name.startswith(_BY)})
        if actors:
            _remember(actors, change)
    except RedisError as error:
        log.warning("live.lost", names=sorted(names), error=type(error).__name__)


def _publish(names: set[str]) -> int:
    """The number of this change."""
    layer = get_channel_layer()
    with _redis.pipeline(transaction=False) as pipe:
        for name in names:
            hint = layer.serialize({"type": "live.hint", "name": name})
            pipe.publish(f"{settings.LIVE_PREFIX}__group__{name}", hint)
        pipe.incr(CHANGES)
        return pipe.execute()[-1]


def _remember(actors: set[str], change: int) -> None:
    with _redis.pipeline(transaction=False) as pipe:
        for actor in actors:
            pipe.set(acted(actor), change, ex=REMEMBERED)
        pipe.execute()


_changed = Aftermath(_tell)
