"""The courier: claim a delivery, send it outside any transaction, settle what became of it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app.adapters import ADAPTERS
from channels_app.messages import DeliveryFailed, Receipt
from helpdesk.wake import begin_drain, wake
from tickets import events, live, replies
from tickets.models import Delivery

log = structlog.get_logger(__name__)

BATCH = 20
LEASE = timedelta(seconds=90)  # longer than any adapter's time limit: in flight beyond this means a crash
MOST_ATTEMPTS = 12
PATIENCE = 30  # seconds
MOST_REPEATS = 5  # crashes in flight after which a person decides, even where repeating is harmless
State = Delivery.State

_CLAIM = """
UPDATE tickets_delivery SET state = 'sending', sending_since = %s, attempts = attempts + 1 WHERE id IN (
    SELECT id FROM tickets_delivery WHERE state = 'pending' AND due_at <= %s
    ORDER BY urgency, due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def drain() -> int:
    """Send what is due until nothing is; how many were handed over or failed."""
    begin_drain("deliveries")
    total = 0
    while claimed := _claim(BATCH):
        for delivery in claimed:
            _attempt(delivery)
        total += len(claimed)
    return total


@transaction.atomic
def sweep(now: datetime) -> int:
    """Deliveries whose worker died in flight: sent again where that is harmless, else a person decides."""
    stranded = (
        Delivery.objects.filter(state=State.SENDING, sending_since__lt=now - LEASE)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("channel", "message__ticket")
    )
    for delivery in stranded:
        log.warning("delivery.stranded", delivery=delivery.pk)
        channel = delivery.channel
        if channel and channel.capabilities.resend_safe and delivery.attempts <= MOST_REPEATS:
            _update(delivery, state=State.PENDING, due_at=now)
        else:
            _update(delivery, state=State.UNKNOWN, error="")
            _hint(delivery)
    if stranded:
        wake("deliveries")
    return len(stranded)


def _claim(limit: int) -> list[Delivery]:
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now, now, limit])
        ids = [row[0] for row in cursor.fetchall()]
    related = ("channel", "message__ticket__customer", "message__author")
    claimed = Delivery.objects.filter(pk__in=ids).select_related(*related).order_by("urgency", "id")
    return list(claimed.defer("message__search"))


def _attempt(delivery: Delivery) -> None:
    """Hand one delivery over and settle it. No transaction is open while the other side is spoken to."""
    if not _still_ours(delivery):
        return
    try:
        if delivery.channel is None:
            raise DeliveryFailed(_("It has no channel to go out through."), permanent=True)
        receipt = ADAPTERS[delivery.channel.kind].send(delivery)
    except DeliveryFailed as failure:
        _failed(delivery, failure)
    except Exception as error:
        log.exception("delivery.failed", delivery=delivery.pk)
        _failed(delivery, DeliveryFailed(f"{type(error).__name__}: {error}", permanent=False))
    else:
        _patiently(lambda: _sent(delivery, receipt))


def _patiently(settle: Callable[[], None]) -> None:
    """What was sent must be written down: wait out a restart of the database rather than send twice."""
    for _try in range(PATIENCE):
        try:
            return settle()
        except OperationalError:
            close_old_connections()
            time.sleep(1)
    return settle()


def _still_ours(delivery: Delivery) -> bool:
    """Renew the lease; False when the row waited so long in our hands that somebody else has it."""
    now = timezone.now()
    renewed = Delivery.objects.filter(
        pk=delivery.pk, state=State.SENDING, sending_since=delivery.sending_since
    ).update(sending_since=now)
    delivery.sending_since = now
    return bool(renewed)


def _sent(delivery: Delivery, receipt: Receipt) -> None:
    now = timezone.now()
    refused = {to: {"ok": False, "permanent": True, "reason": why} for to, why in receipt.refused.items()}
    _update(delivery, state=State.SENT, sent_at=now, error="", outcomes=delivery.outcomes | refused)
    if refused:
        replies.delivery_failed(delivery, "; ".join(f"{to}: {why}" for to, why in receipt.refused.items()))
    _hint(delivery)


def _failed(delivery: Delivery, failure: DeliveryFailed) -> None:
    if failure.permanent or delivery.attempts >= MOST_ATTEMPTS:
        replies.delivery_failed(delivery, failure.reason)
        return
    wait = timedelta(seconds=min(5 * 2 ** (delivery.attempts - 1), 3600))
    _update(delivery, state=State.PENDING, due_at=timezone.now() + wait, error=failure.reason[:2000])
    _hint(delivery)


def _update(delivery: Delivery, **fields: object) -> None:
    """Settle a delivery that is in flight in our hands; one that was settled meanwhile stays as it is."""
    Delivery.objects.filter(pk=delivery.pk, state=State.SENDING).update(sending_since=None, **fields)


def _hint(delivery: Delivery) -> None:
    if delivery.message:
        live.publish(*events.hints(delivery.message.ticket))
