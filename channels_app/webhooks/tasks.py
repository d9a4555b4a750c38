"""What workers are woken for; loading this also registers the carrier and the reaction."""

from celery import shared_task
from django.utils import timezone

from channels_app.webhooks import by_rule, calling, carrier, tidying

__all__ = ["by_rule", "carrier"]


@shared_task(name="webhooks.recover")
def recover() -> None:
    calling.recover()


@shared_task(name="webhooks.tidy")
def tidy() -> None:
    tidying.tidy(timezone.now())
