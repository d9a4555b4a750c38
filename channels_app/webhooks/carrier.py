"""Taking a call to its webhook: signed, guarded against private networks, its answer written down."""

import time
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from channels_app.messages import DeliveryFailed, Receipt
from channels_app.webhooks import calling, payloads, signing, subscriptions
from channels_app.webhooks.models import TROUBLES, Answer, Call, Webhook
from helpdesk import outgoing
from helpdesk.accounts.models import User
from helpdesk.outgoing import Answer as Reply
from helpdesk.outgoing import Limits, NotReached
from tickets import carriers
from tickets.carriers import Carrier
from tickets.models import Delivery

log = structlog.get_logger(__name__)

LIMITS = Limits(size=4096, cut=True, connect=5, read=15, total=20, redirects=0)
GONE, BUSY = 410, (429, 502, 503, 504)
# A little over a day in all: an outage over night is no reason to lose anything.
PAUSES = [timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 21600, 36000, 7200)]
SWITCHED_OFF_AFTER = timedelta(days=3)


class WebhookCarrier(Carrier):
    def send(self, delivery: Delivery) -> Receipt:
        """One attempt. Raises DeliveryFailed for every answer that is not 2xx."""
        call = Call.objects.select_related("webhook").get(delivery=delivery)
        if not call.webhook.is_active and call.type != payloads.TEST:
            raise DeliveryFailed(_("The webhook is switched off."), permanent=True)
        begun = time.monotonic()
        try:
            reply = _ask(call.webhook, delivery)
        except NotReached as failed:
            _note(call, begun, trouble=failed.trouble)
            _is_failing(call.webhook, timezone.now())
            raise DeliveryFailed(str(TROUBLES[failed.trouble]), permanent=False, lane_down=True) from failed
        _note(call, begun, status=reply.status, excerpt=reply.body.decode("utf-8", "replace"))
        if reply.is_success:
            return Receipt(provider_id=str(reply.status))
        _is_failing(call.webhook, timezone.now())
        if reply.status == GONE:
            _switch_off(call.webhook, Webhook.Reason.GONE)
        said = _("It answered %(status)d.") % {"status": reply.status}
        raise DeliveryFailed(said, permanent=reply.status == GONE, lane_down=reply.status in BUSY)

    def repeats_safely(self, delivery: Delivery) -> bool:
        """A receiver knows a call that comes twice by its webhook-id."""
        return True

    def pause(self, delivery: Delivery) -> timedelta | None:
        return PAUSES[delivery.attempts - 1] if delivery.attempts <= len(PAUSES) else None

    def sent(self, delivery: Delivery, receipt: Receipt) -> None:
        call = Call.objects.get(delivery=delivery)
        Webhook.objects.filter(pk=call.webhook_id, failing_since__isnull=False).update(failing_since=None)
        calling.settle(call)

    def failed(self, delivery: Delivery, reason: str) -> None:
        calling.settle(Call.objects.get(delivery=delivery))


def _ask(webhook: Webhook, delivery: Delivery) -> Reply:
    now = timezone.now()
    body = signing.body(delivery.payload)
    signed = signing.headers(
        subscriptions.valid_secrets(webhook, now),
        id_=delivery.external_id,
        at=int(now.timestamp()),
        body=body,
    )
    return outgoing.fetch(
        webhook.url,
        method="POST",
        headers={"content-type": "application/json", **signed},
        body=body,
        allowed=settings.WEBHOOK_PRIVATE_HOSTS,
        limits=LIMITS,
    )


def _note(
    call: Call, begun: float, *, status: int | None = None, trouble: str = "", excerpt: str = ""
) -> None:
    Answer.objects.create(
        call=call,
        seconds=round(time.monotonic() - begun, 3),
        status=status,
        trouble=trouble,
        excerpt=excerpt.replace("\x00", ""),
    )


def _is_failing(webhook: Webhook, now: datetime) -> None:
    """Since when nothing gets through is remembered; after three days of that it is switched off."""
    Webhook.objects.filter(pk=webhook.pk, failing_since=None).update(failing_since=now)
    long_ago = now - SWITCHED_OFF_AFTER
    if Webhook.objects.filter(pk=webhook.pk, is_active=True, failing_since__lt=long_ago).exists():
        _switch_off(webhook, Webhook.Reason.FAILING)


@transaction.atomic
def _switch_off(webhook: Webhook, reason: Webhook.Reason) -> None:
    log.error("webhook.switched_off", webhook=webhook.pk, reason=reason)
    on = Webhook.objects.filter(pk=webhook.pk, is_active=True)
    if on.update(is_active=False, disabled_reason=reason):
        _alarm(webhook, reason)
    subscriptions.forget()


def _alarm(webhook: Webhook, reason: Webhook.Reason) -> None:
    """A mail to each admin, in their language; the navigation shows it as well."""
    link = f"{settings.BASE_URL}{reverse('webhooks:webhook', args=[webhook.pk])}"
    for admin in User.objects.people().at_work().filter(role=User.Role.ADMIN):
        with override(admin.language):
            subject = _("Alarm: the webhook “%(name)s” is switched off") % {"name": webhook.name}
            text = f"{reason.label}\n\n{link}\n"
        EmailMessage(" ".join(subject.split()), text, to=[admin.email]).send()


carriers.register(Delivery.Kind.WEBHOOK, WebhookCarrier())
