"""Who carries which kind of delivery: one carrier a kind, registered by the app that queues that kind."""

from collections.abc import Mapping
from datetime import timedelta

from channels_app.messages import Receipt
from tickets.models import Delivery

MOST_ATTEMPTS = 12


class Carrier:
    """Takes deliveries of one kind to where they go; inherit what does not differ from the usual."""

    def send(self, delivery: Delivery) -> Receipt:
        """Hand it over under its own `external_id`, outside any transaction; raises DeliveryFailed."""
        raise NotImplementedError

    def repeats_safely(self, delivery: Delivery) -> bool:
        """Whether a crash in flight may be repaired by sending the same id again."""
        return False

    def pace(self, delivery: Delivery) -> int:
        """The most deliveries a minute in the lane of this one, 0 for no limit."""
        return 0

    def pause(self, delivery: Delivery) -> timedelta | None:
        """How long to wait after this failed attempt; None when it was the last."""
        if delivery.attempts >= MOST_ATTEMPTS:
            return None
        return timedelta(seconds=min(5 * 2 ** (delivery.attempts - 1), 3600))

    def sent(self, delivery: Delivery, receipt: Receipt) -> None:
        """It was written down as sent; the same transaction."""

    def refused(self, delivery: Delivery, answers: Mapping[str, str]) -> None:
        """The far side refused these recipients for good: address → its answer; the same transaction."""

    def failed(self, delivery: Delivery, reason: str) -> None:
        """It was written down as failed for good; the same transaction."""


_carriers: dict[str, Carrier] = {}


def register(kind: Delivery.Kind, carrier: Carrier) -> None:
    """From now on the courier hands deliveries of this kind to this carrier."""
    _carriers[kind] = carrier


def of(kind: str) -> Carrier | None:
    """The carrier of a kind, None while nobody registered one."""
    return _carriers.get(kind)
