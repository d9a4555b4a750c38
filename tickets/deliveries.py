"""Queueing what has to go out and must not be lost: the row is the promise, the courier keeps it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from channels_app.messages import DeliveryReport
from helpdesk.prepared import insert, insert_all
from helpdesk.wake import wake
from tickets.models import Delivery, Message

LONGEST_LANE = 80


def queue(
    kind: Delivery.Kind,
    *,
    lane: str | int = "",
    recipients: dict[str, list[str]] | None = None,
    payload: dict[str, Any] | None = None,
    external_id: str = "",
    urgency: Delivery.Urgency = Delivery.Urgency.NOW,
    due_at: datetime | None = None,
) -> Delivery:
    """Queue what is no message within the caller's transaction; a worker is nudged after its commit.

    `lane` names the far side within its kind (a mailbox, one receiver of webhooks): trouble, pace and turns
    are counted lane by lane, so that one dead server holds nobody else up.
    """
    delivery = Delivery(
        kind=kind,
        lane=lane_name(kind, lane),
        recipients=recipients or {},
        payload=payload or {},
        external_id=external_id,
        urgency=urgency,
        due_at=due_at or timezone.now(),
    )
    insert(delivery)
    wake("deliveries")
    return delivery


def queue_messages(
    messages: Sequence[Message], *, urgency: Delivery.Urgency, payload: dict[str, Any] | None = None
) -> None:
    """Queue these messages, which are saved, each to its recipients by its channel; one statement."""
    insert_all(
        [
            Delivery(
                kind=Delivery.Kind.MESSAGE,
                lane=lane_name(Delivery.Kind.MESSAGE, message.channel_id or ""),
                recipients=message.recipients,
                payload=payload or {},
                message=message,
                channel=message.channel,
                external_id=message.external_id,
                urgency=urgency,
            )
            for message in messages
        ]
    )
    if messages:
        wake("deliveries")


def lane_name(kind: Delivery.Kind, lane: str | int = "") -> str:
    """The name of a lane: its kind, a colon, and the far side."""
    return f"{kind}:{lane}"[:LONGEST_LANE]


def token(delivery: Delivery) -> str:
    """Proof of a delivery for a provider to repeat in its reports: short, the same each time."""
    return _signer().sign(str(delivery.pk))


def find(report: DeliveryReport) -> Delivery | None:
    """What a report is about, locked: by our token, by the id we sent with, by one of the provider's."""
    sent = Delivery.objects.select_for_update().filter(kind=Delivery.Kind.MESSAGE)
    if (pk := _read(report.token)) and (found := sent.filter(pk=pk).first()):
        return found
    if not report.message_id:
        return None
    by_ours = sent.filter(external_id=report.message_id).first()
    return by_ours or sent.filter(provider_ids__contains=[report.message_id]).first()


def _read(given: str) -> int | None:
    try:
        return int(_signer().unsign(given))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(key=settings.ENCRYPTION_KEY, salt="delivery")
