"""What the beat asks of the accounts. A shell: the work is in `sessions` and `audit`."""

from celery import shared_task
from django.utils import timezone

from helpdesk.accounts import audit, sessions


@shared_task(name="accounts.tidy")
def tidy() -> None:
    sessions.prune()
    audit.prune(timezone.now())
