"""A worker sends itself a task every few seconds, through the broker and its own queue."""

import threading

import structlog
from celery import Celery

from helpdesk.health.models import PULSE, SILENCE

log = structlog.get_logger(__name__)


def queue(name: str) -> str:
    """The queue that only the worker `name` listens to."""
    return f"pulse.{name}"


def keep_asking(app: Celery, name: str, stop: threading.Event) -> None:
    """Sends a pulse to the worker `name` until `stop`; with the broker away it tries again later."""
    while not stop.wait(PULSE):
        try:
            app.send_task("health.pulse", [name], queue=queue(name), expires=SILENCE, retry=False)
        except Exception as error:  # any broker trouble: the missing beat tells it better than we could
            log.warning("health.broker_away", worker=name, error=type(error).__name__)
