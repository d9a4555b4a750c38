"""The kinds of process a desk is made of. Each runs until SIGTERM, wherever it is started from: forked by the
supervisor of `manage.py run`, or alone in a container by `manage.py serve`.
"""

import signal
import socket
import threading
from typing import Any

import uvicorn
from celery.apps.worker import Worker
from celery.beat import Service
from django.conf import settings

from channels_app import mailroom
from helpdesk.celery import app
from helpdesk.demo import post
from helpdesk.health import pulse
from helpdesk.health.models import Heartbeat


def web(listener: socket.socket) -> None:
    """Serves pages and WebSockets on a socket that is bound already; several processes may share it."""
    database = settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = settings.WEB_CONNECTION_SECONDS
    database["CONN_HEALTH_CHECKS"] = True
    config = uvicorn.Config(
        "helpdesk.asgi:application",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # Django reads them itself, and only as many as HELPDESK_TRUSTED_PROXIES
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[listener])


def worker(name: str) -> None:
    """Drains the queues in threads; `name` is unique among all workers of the desk."""
    _use_pool()
    stop = threading.Event()
    threading.Thread(target=pulse.keep_asking, args=(app, name, stop), daemon=True).start()
    queues = [settings.CELERY_TASK_DEFAULT_QUEUE, pulse.queue(name)]
    options = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    process = Worker(app=app, hostname=f"{name}@desk", queues=queues, loglevel=settings.LOG_LEVEL, **options)
    process.start()
    stop.set()
    Heartbeat.objects.filter(name=name).delete()  # it left in order: nobody need wonder where it is


def beat() -> None:
    """Wakes the workers at fixed intervals. One is enough; a second one does no harm."""
    app.loader.init_worker()
    service = Service(app=app, scheduler_cls=settings.CELERY_BEAT_SCHEDULER)
    signal.signal(signal.SIGTERM, _leave)
    service.start()


def mail() -> None:
    """Fetches from the mailboxes and listens for SMTP."""
    _use_pool()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    mailroom.run(stop)


def demo_post() -> None:
    """Takes in what a demo desk sends."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    post.run(stop)


def _leave(*_: Any) -> None:
    """Ends a process that holds nothing, at once."""
    raise SystemExit


def _use_pool() -> None:
    """Threads share checked connections. Set before the process's first query, never in a parent of forks."""
    database = settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    database["CONN_HEALTH_CHECKS"] = False  # `helpdesk.postgresql` checks in its own way
    database.setdefault("OPTIONS", {})["pool"] = settings.THREAD_POOL
