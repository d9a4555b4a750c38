"""Fetching a picture for a reader: its server learns ours, and nothing of who reads or where."""

import threading

import structlog
from django.conf import settings

from helpdesk import outgoing
from helpdesk.outgoing import Limits, NotReached, Trouble
from tickets.inspection import raster
from tickets.pictures import cache
from tickets.pictures.cache import Picture

log = structlog.get_logger(__name__)

LIMITS = Limits(size=5 * 1024 * 1024, connect=4, read=5, total=10, redirects=3)
AT_ONCE = 4  # of this process: slow servers of others must not take all of its threads
PATIENCE = 12.0  # seconds to wait for a turn
_turns = threading.BoundedSemaphore(AT_ONCE)


def fetch(url: str) -> Picture:
    """The picture at an address, from the cache if it is there; `trouble` says why there is none."""
    if known := cache.find(url):
        return known
    if not _turns.acquire(timeout=PATIENCE):
        return Picture(trouble=Trouble.TOO_SLOW)
    try:
        return cache.find(url) or cache.keep(url, _ask(url))
    finally:
        _turns.release()


def _ask(url: str) -> Picture:
    headers = {"accept": "image/avif,image/webp,image/png,image/jpeg,image/gif"}
    try:
        answer = outgoing.fetch(url, headers=headers, allowed=settings.PICTURE_PRIVATE_HOSTS, limits=LIMITS)
    except NotReached as failed:
        log.info("picture.not_reached", trouble=failed.trouble)
        return Picture(trouble=failed.trouble)
    picture = raster.read(answer.body) if answer.is_success else None
    if picture is None:
        return Picture(trouble="no_picture")
    if not picture.is_reasonable:
        return Picture(trouble=Trouble.TOO_LARGE)
    return Picture(content_type=picture.content_type, content=answer.body)
