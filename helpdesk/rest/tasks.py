"""What the beat asks of the API. A shell: the work is in `keys`."""

from celery import shared_task
from django.utils import timezone

from helpdesk.rest import keys


@shared_task(name="rest.prune")
def prune() -> None:
    keys.prune(timezone.now())
