"""What the beat asks for. A shell: the work is in the module it calls."""

from celery import shared_task
from django.utils import timezone

from sop import reminding


@shared_task(name="sop.remind")
def remind() -> None:
    """Owners of procedures that are to be read again."""
    reminding.remind(timezone.localdate())
