"""What the beat asks for. A shell: the work is in the module it calls."""

from celery import shared_task
from django.utils import timezone

from sop import nudging, paths, reminding


@shared_task(name="sop.remind")
def remind() -> None:
    """Owners of procedures that are to be read again."""
    reminding.remind(timezone.localdate())


@shared_task(name="sop.nudge")
def nudge() -> None:
    """Colleagues who have not read for days what is new."""
    nudging.nudge(timezone.now())


@shared_task(name="sop.welcome")
def welcome() -> None:
    """Paths for those who have joined a team."""
    paths.welcome()
