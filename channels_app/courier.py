"""The courier: claim a delivery, send it outside any transaction, settle what became of it."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app import lanes
from channels_app.adapters import ADAPTERS
from channels_app.messages import DeliveryFailed, Receipt
from helpdesk.wake import begin_drain, wake
from tickets import carriers, events, fates, live
from tickets.carriers import Carrier
from tickets.models import Delivery

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=90)  # longer than any carrier's time limit: in flight beyond this means a crash
PATIENCE = 30  # seconds
MOST_REPEATS = 5  # crashes in flight after which a person decides, even where repeating is harmless
MOST_IDS = 200  # a provider's ids that are kept of one delivery
State = Delivery.State

# However slow the servers outside are, one thread of every worker is left for what comes in.
_couriers = threading.BoundedSemaphore(max(1, settings.CELERY_WORKER_CONCURRENCY - 1))


class MessageCarrier(Carrier):
    """Messages to customers go out by the adapter of their channel."""

    def send(self, delivery: Delivery) -> Receipt:
        if delivery.channel is None:
            raise DeliveryFailed(_("It has no channel to go out through."), permanent=True)
        return ADAPTERS[delivery.channel.kind].send(delivery)

    def repeats_safely(self, delivery: Delivery) -> bool:
        return bool(delivery.channel and delivery.channel.capabilities.resend_safe)

    def pace(self, delivery: Delivery) -> int:
        return int(delivery.channel.config.get("mails_a_minute") or 0) if delivery.channel else 0

    def refused(self, delivery: Delivery, answers: Mapping[str, str]) -> None:
        fates.recipients_refused(delivery, answers)

    def failed(self, delivery: Delivery, reason: str) -> None:
        fates.delivery_failed(delivery, reason)


carriers.register(Delivery.Kind.MESSAGE, MessageCarrier())


def drain() -> int:
    """Send what is due until nothing is; how many were handed over or failed."""
    begin_drain("deliveries")
    if not _couriers.acquire(blocking=False):
        return 0
    try:
        return sum(map(_carry, iter(_claim, [])))
    finally:
        _couriers.release()


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
        carrier = carriers.of(delivery.kind)
        if carrier and carrier.repeats_safely(delivery) and delivery.attempts <= MOST_REPEATS:
            _update(delivery, state=State.PENDING, due_at=now)
        else:
            _update(delivery, state=State.UNKNOWN, error="")
            _hint(delivery)
    if stranded:
        wake("deliveries")
    return len(stranded)


def _claim() -> list[Delivery]:
    """Deliveries of one lane, in our hands; another worker is called when other lanes wait beside it."""
    ids, others_wait = lanes.claim(timezone.now(), pace=_pace)
    if others_wait:
        wake("deliveries")
    related = ("channel", "message__ticket__customer", "message__ticket__team", "message__author")
    claimed = Delivery.objects.filter(pk__in=ids).select_related(*related, "message__answers__author")
    return list(claimed.defer("message__search", "message__answers__search").order_by("urgency", "id"))


def _pace(pk: int) -> int:
    delivery = Delivery.objects.select_related("channel").filter(pk=pk).first()
    carrier = carriers.of(delivery.kind) if delivery else None
    return carrier.pace(delivery) if carrier and delivery else 0


def _carry(claimed: Sequence[Delivery]) -> int:
    """Send one after the other; when their lane is down, those not tried yet go back as they were."""
    for place, delivery in enumerate(claimed):
        if _still_ours(delivery) and not _attempt(delivery):
            _give_back(claimed[place + 1 :])
            return place + 1
    return len(claimed)


def _attempt(delivery: Delivery) -> bool:
    """Hand one delivery over and settle it; False when its lane is down.

    No transaction is open while the other side is spoken to.
    """
    carrier = carriers.of(delivery.kind)
    try:
        if carrier is None:
            raise DeliveryFailed(_("Nothing here can send this."), permanent=False)
        receipt = carrier.send(delivery)
    except DeliveryFailed as failure:
        return _failed(delivery, carrier, failure)
    except Exception as error:
        log.exception("delivery.failed", delivery=delivery.pk)
        return _failed(delivery, carrier, DeliveryFailed(f"{type(error).__name__}: {error}", permanent=False))
    _patiently(lambda: _sent(delivery, carrier, receipt))
    return True


def _give_back(untried: Sequence[Delivery]) -> None:
    ours = Delivery.objects.filter(pk__in=[one.pk for one in untried], state=State.SENDING)
    ours.update(state=State.PENDING, sending_since=None, attempts=F("attempts") - 1)


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


@transaction.atomic
def _sent(delivery: Delivery, carrier: Carrier, receipt: Receipt) -> None:
    """Handed over to all or some: each recipient's outcome; who was put off is tried again, nobody else."""
    now = timezone.now()
    pause = carrier.pause(delivery)
    patient = pause is not None
    answers = {**receipt.refused, **receipt.waiting}
    accepted = [one for one in delivery.unsettled() if one not in answers]
    told = {one: {"ok": True, "at": now.isoformat()} for one in accepted}
    told |= _refusals(receipt.refused, permanent=True) | _refusals(receipt.waiting, permanent=not patient)
    outcomes = delivery.outcomes | told
    reason = "; ".join(f"{to}: {why}" for to, why in answers.items())
    if receipt.provider_id:
        ids = list(dict.fromkeys([*delivery.provider_ids, *receipt.provider_ids]))[-MOST_IDS:]
        named = {"provider_id": receipt.provider_id[:255], "provider_ids": [one[:255] for one in ids]}
        Delivery.objects.filter(pk=delivery.pk).update(**named)
    if receipt.waiting and pause is not None:
        _update(
            delivery,
            state=State.PENDING,
            due_at=now + pause,
            outcomes=outcomes,
            error=reason[:2000],
        )
    else:
        _update(delivery, state=State.SENT, sent_at=now, error="", outcomes=outcomes)
        carrier.sent(delivery, receipt)
        if any(outcome.get("permanent") for outcome in outcomes.values()):
            _give_up(delivery, carrier, _why_refused(outcomes))
    carrier.refused(delivery, receipt.refused)
    lanes.went_well(delivery.lane)
    _hint(delivery)


def _failed(delivery: Delivery, carrier: Carrier | None, failure: DeliveryFailed) -> bool:
    """Written down, to be tried again or put before a person; False when the whole lane is down."""
    now = timezone.now()
    wait = None if failure.permanent else (carrier or Carrier()).pause(delivery)
    final = wait is None
    outcomes = delivery.outcomes | _refusals(failure.answers, permanent=final)
    if wait is None:
        Delivery.objects.filter(pk=delivery.pk).update(outcomes=outcomes)
        _give_up(delivery, carrier, failure.reason, failure.answers)
    else:
        _update(
            delivery, state=State.PENDING, due_at=now + wait, error=failure.reason[:2000], outcomes=outcomes
        )
    if failure.lane_down:
        lanes.went_down(delivery.lane, failure.reason, now)
    _hint(delivery)
    return not failure.lane_down


def _refusals(answers: Mapping[str, str], *, permanent: bool) -> dict[str, dict[str, Any]]:
    return {to: {"ok": False, "permanent": permanent, "reason": why[:1000]} for to, why in answers.items()}


def _why_refused(outcomes: Mapping[str, Mapping[str, Any]]) -> str:
    return "; ".join(f"{to}: {told['reason']}" for to, told in outcomes.items() if told.get("permanent"))


@transaction.atomic
def _give_up(
    delivery: Delivery, carrier: Carrier | None, reason: str, answers: Mapping[str, str] | None = None
) -> None:
    settled = Delivery.objects.filter(pk=delivery.pk, state__in=[State.SENDING, State.SENT])
    settled.update(state=State.FAILED, sending_since=None, error=reason[:2000])
    if carrier:
        carrier.refused(delivery, answers or {})
        carrier.failed(delivery, reason)


def _update(delivery: Delivery, **fields: object) -> None:
    """Settle a delivery that is in flight in our hands; one that was settled meanwhile stays as it is."""
    Delivery.objects.filter(pk=delivery.pk, state=State.SENDING).update(sending_since=None, **fields)


def _hint(delivery: Delivery) -> None:
    if delivery.message:
        live.publish(*events.hints(delivery.message.ticket))
