"""What the beat asks for: what became of uses, and answers that are repeated."""

from celery import shared_task
from django.utils import timezone

from knowledge.canned import by_rule, repeated, using

__all__ = ["by_rule"]  # loading this registers what rules can do


@shared_task(name="canned.settle")
def settle() -> None:
    using.settle(timezone.now())


@shared_task(name="canned.repeated")
def look_for_repeated() -> None:
    repeated.look(timezone.now())
