"""What the beat asks for: what became of uses, and answers that are repeated."""

from celery import shared_task
from django.utils import timezone

from knowledge.canned import repeated, using


@shared_task(name="canned.settle")
def settle() -> None:
    using.settle(timezone.now())


@shared_task(name="canned.repeated")
def look_for_repeated() -> None:
    repeated.look(timezone.now())
