"""What workers are woken for. Shells: the work is in the modules they call."""

from celery import shared_task
from django.utils import timezone

from tickets.expected import figures, sweeping


@shared_task(name="expected.recount")
def recount() -> None:
    """How long answers take, by the tickets of late."""
    figures.recount(timezone.now())


@shared_task(name="expected.sweep")
def sweep() -> None:
    """What was told and will not hold."""
    sweeping.sweep(timezone.now())
