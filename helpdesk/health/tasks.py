"""The pulse is a task on purpose: only a worker that still takes and finishes tasks can beat."""

import os

from celery import shared_task

from helpdesk.health.models import Heartbeat


@shared_task(name="health.pulse")
def pulse(name: str) -> None:
    Heartbeat.objects.beat(name, os.getpid())
