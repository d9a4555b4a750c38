"""What an adapter promises: bytes become a person's message or reports, and a delivery goes out."""

from typing import Protocol

from django.http import HttpRequest

from channels_app.messages import DeliveryReport, InboundMessage, Receipt
from channels_app.models import InboundRecord
from tickets.models import Delivery

Parsed = InboundMessage | tuple[DeliveryReport, ...]
"""A message of a person (with `automatic`, of a machine in their name), or reports on what we sent."""


class Unreadable(Exception):
    """Nothing can be made of a record's bytes: it goes to quarantine with this reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """A request did not prove that it comes from the provider."""


class Adapter(Protocol):
    """One kind of channel: the only place that knows its provider's dialect."""

    def verify(self, request: HttpRequest) -> None:
        """Return when the request surely comes from the provider; raises Refused."""

    def parse(self, record: InboundRecord) -> Parsed:
        """What a record's bytes say; its files are stored when this returns; raises Unreadable."""

    def send(self, delivery: Delivery) -> Receipt:
        """Hand a delivery over under its own `external_id`; raises DeliveryFailed."""
