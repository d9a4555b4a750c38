"""What workers are woken for. Shells: the work is in the modules they call."""

from celery import shared_task
from django.utils import timezone

from channels_app import alarms, consent, courier, inbound
from helpdesk import turns
from helpdesk.accounts import language


@shared_task(name="wake.inbound")
def drain_inbound() -> None:
    with language.of_the_company():
        turns.take("inbound", inbound.drain)


@shared_task(name="wake.deliveries")
def drain_deliveries() -> None:
    with language.of_the_company():
        courier.drain()


@shared_task(name="channels.recover")
def recover() -> None:
    courier.sweep(timezone.now())


@shared_task(name="channels.renew_consents")
def renew_consents() -> None:
    consent.renew_due(timezone.now())


@shared_task(name="channels.watch")
def watch() -> None:
    with language.of_the_company():
        alarms.watch(timezone.now())
