"""What workers are woken for. Shells: the work is in the modules they call."""

import time

from celery import shared_task

from helpdesk import turns
from knowledge import collections, searches
from knowledge.suggestions import telling


@shared_task(name="wake.knowledge")
def understand() -> None:
    turns.take("knowledge", collections.understand)


@shared_task(name="knowledge.forget")
def forget() -> None:
    """What readers searched for long ago."""
    searches.forget()


@shared_task(name="knowledge.tell_voters")
def tell_voters() -> None:
    telling.sweep(until=time.monotonic() + turns.SECONDS)
