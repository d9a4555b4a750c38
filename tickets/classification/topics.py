"""What the topics of this desk are called, kept for a few seconds: each ticket page asks."""

import time
from dataclasses import dataclass, field

from tickets.models import Topic

SECONDS = 10.0


@dataclass
class _Kept:
    topics: dict[str, Topic] = field(default_factory=dict)
    until: float = 0.0


_kept = _Kept()


def title(key: str) -> str:
    """A topic with those it is part of, in the reader's language; "" for one that the desk does not have."""
    topic = _known().get(key)
    return str(topic) if topic else ""


def offered() -> list[tuple[str, str]]:
    """(key, title) of those that tickets may be given, each after the one it is part of."""
    found = [(topic.path(), topic) for topic in _known().values() if topic.is_active]
    found.sort(key=lambda each: [(above.position, above.key) for above in each[0]])
    return [(topic.key, str(topic)) for _path, topic in found]


def _known() -> dict[str, Topic]:
    if time.monotonic() >= _kept.until:
        rows = Topic.objects.select_related("parent__parent__parent")
        _kept.topics = {topic.key: topic for topic in rows}
        _kept.until = time.monotonic() + SECONDS
    return _kept.topics
